import { DateTime } from 'luxon';
import type { Grain } from './rollup.schema.ts';

export const QUARTER_MS = 15 * 60_000;

/** From `start` until just before `end`. */
export interface Stretch {
  readonly start: Date;
  readonly end: Date;
}
export interface GrainedStretch extends Stretch {
  readonly grain: Grain;
}

export const quarterOf = (at: Date): Date => new Date(Math.floor(at.getTime() / QUARTER_MS) * QUARTER_MS);
const local = (at: Date, zone: string) => DateTime.fromJSDate(at, { zone });
export const dayOf = (at: Date, zone: string): Date => local(at, zone).startOf('day').toJSDate();
export const monthOf = (at: Date, zone: string): Date => local(at, zone).startOf('month').toJSDate();
export const endOf = (grain: Grain, start: Date, zone: string): Date =>
  grain === 'quarter'
    ? new Date(start.getTime() + QUARTER_MS)
    : local(start, zone)
        .plus({ [grain]: 1 })
        .startOf(grain)
        .toJSDate();

/**
 * The fewest rollups that make up a stretch: whole months, whole days, and quarters of an hour at its ends. Of what is not over
 * at `now` there are quarters only.
 */
export function stretchesOf(
  { start, end }: Stretch,
  zone: string,
  now: Date,
  coarsest: Grain = 'month',
): GrainedStretch[] {
  if (start >= end) return [];
  if (coarsest === 'quarter') return [{ grain: 'quarter', start: quarterOf(start), end }];
  const unit = coarsest;
  const ceiling =
    local(start, zone).startOf(unit).toJSDate() < start ? endOf(unit, floorOf(unit, start, zone), zone) : start;
  const last = floorOf(unit, end < now ? end : now, zone);
  const finer = coarsest === 'month' ? 'day' : 'quarter';
  if (ceiling >= last) return stretchesOf({ start, end }, zone, now, finer);
  return [
    ...stretchesOf({ start, end: ceiling }, zone, now, finer),
    { grain: coarsest, start: ceiling, end: last },
    ...stretchesOf({ start: last, end }, zone, now, finer),
  ];
}

const floorOf = (grain: 'day' | 'month', at: Date, zone: string): Date =>
  grain === 'day' ? dayOf(at, zone) : monthOf(at, zone);
