import type { MetricInterval } from '@switchboard/contract';
import { DateTime } from 'luxon';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Grain } from '../rollups/rollup.schema.ts';
import { QUARTER_MS, type Stretch } from '../rollups/stretches.ts';

/** More points than a chart can show. */
const MOST_INTERVALS = 800;

/** What an interval is read from. */
export const grainOf: Readonly<Record<MetricInterval, Grain>> = {
  quarter: 'quarter',
  hour: 'quarter',
  day: 'day',
  week: 'day',
  month: 'month',
};

function intervalOf(at: Date, interval: MetricInterval, zone: string): Date {
  if (interval === 'quarter') return new Date(Math.floor(at.getTime() / QUARTER_MS) * QUARTER_MS);
  return DateTime.fromJSDate(at, { zone }).startOf(interval).toJSDate();
}

/** The starts of all intervals of a stretch; HubError `invalid` of too many. */
export function intervalsOf({ start, end }: Stretch, interval: MetricInterval, zone: string): Date[] {
  const starts: Date[] = [];
  for (let at = intervalOf(start, interval, zone); at < end; at = after(at, interval, zone)) {
    starts.push(at);
    if (starts.length > MOST_INTERVALS)
      throw new HubError('invalid', `This period has more than ${MOST_INTERVALS} intervals: take longer ones`, {
        fields: [{ path: 'interval', message: 'Too short for this period' }],
      });
  }
  return starts;
}

/** Which of them an instant is in. */
export function intervalWith(starts: readonly Date[], at: Date): Date {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] as Date) <= at) low = middle;
    else high = middle - 1;
  }
  return starts[low] as Date;
}

function after(at: Date, interval: MetricInterval, zone: string): Date {
  if (interval === 'quarter') return new Date(at.getTime() + QUARTER_MS);
  const unit = { hour: 'hours', day: 'days', week: 'weeks', month: 'months' } as const;
  return DateTime.fromJSDate(at, { zone })
    .plus({ [unit[interval]]: 1 })
    .startOf(interval)
    .toJSDate();
}
