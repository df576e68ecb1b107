import { Inject, Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Organisations } from '../../organisation/index.ts';
import type { Followed } from '../facts/measured.schema.ts';
import { markStale } from './keep-quarters.ts';
import { EVERY_QUEUE, rollupId, stored, sumsOf, type Rollup, type Slot } from './rollup.schema.ts';
import { dayOf, endOf, monthOf } from './stretches.ts';
import { parts } from './sums.ts';

const AT_ONCE = 200;

/** Sums days from quarters of an hour and months from days, where those changed, once they are over. */
@Injectable()
export class RollUp {
  constructor(
    @Inject('rollups') private readonly rollups: Model<Rollup>,
    @Inject('metricsfollowed') private readonly followed: Model<Followed>,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Says how many it made. */
  async run(): Promise<number> {
    const { timeZone } = await this.organisations.read();
    await this.inZone(timeZone);
    const now = this.clock.now();
    const before = { day: dayOf(now, timeZone), month: monthOf(now, timeZone) };
    let made = 0;
    for (const grain of ['day', 'month'] as const)
      for (;;) {
        const stale = await this.rollups
          .find({ grain, stale: true, start: { $lt: before[grain] } }, { grain: 1, queueId: 1, start: 1, changes: 1 })
          .sort({ start: 1 })
          .limit(AT_ONCE)
          .lean<Rollup[]>();
        // All queues together come after each of them.
        stale.sort((a, b) => Number(a.queueId === EVERY_QUEUE) - Number(b.queueId === EVERY_QUEUE));
        for (const one of stale) await this.make(one, timeZone);
        made += stale.length;
        if (stale.length < AT_ONCE) break;
      }
    return made;
  }

  /** In another zone days begin at other times. */
  private async inZone(zone: string): Promise<void> {
    const known = await this.followed.findById('zone').lean<Followed>();
    if (known?.zone === zone) return;
    if (known !== null) await this.anew(zone);
    await this.followed.updateOne({ _id: 'zone' }, { $set: { zone } }, { upsert: true });
  }

  private async anew(timeZone: string): Promise<void> {
    await this.rollups.deleteMany({ grain: { $in: ['day', 'month'] } });
    const days = new Map<string, Slot>();
    const quarters = this.rollups
      .find({ grain: 'quarter', part: 'all' }, { queueId: 1, start: 1 })
      .sort({ queueId: 1, start: 1 });
    for await (const { queueId, start } of quarters.lean<Rollup[]>().cursor()) {
      const day = { grain: 'day', queueId, start: dayOf(start, timeZone) } as const;
      days.set(rollupId(day), day);
    }
    const marks = [...days.values()].map((day) => ({ updateOne: markStale(day) }));
    for (let at = 0; at < marks.length; at += AT_ONCE)
      await this.rollups.bulkWrite(marks.slice(at, at + AT_ONCE), { ordered: false });
  }

  private async make({ _id, grain, queueId, start, changes }: Rollup, zone: string): Promise<void> {
    const { sums, heat } = await this.summed({ grain, queueId, start }, zone);
    const [all, ...rest] = stored({ grain, queueId, start }, sums);
    for (const replacement of rest)
      await this.rollups.replaceOne({ _id: replacement._id }, replacement, { upsert: true });
    // What changed meanwhile is summed again.
    await this.rollups.updateOne({ _id, changes }, { $set: { cells: all?.cells, heat, stale: false } });
    const above: Slot[] = [
      ...(grain === 'day' ? [{ grain: 'month' as const, queueId, start: monthOf(start, zone) }] : []),
      ...(grain === 'day' && queueId !== EVERY_QUEUE ? [{ grain, queueId: EVERY_QUEUE, start }] : []),
    ];
    for (const slot of above) {
      const { filter, update } = markStale(slot);
      await this.rollups.updateOne(filter, update, { upsert: true });
    }
  }

  private async summed({ grain, queueId, start }: Slot, zone: string) {
    const end = endOf(grain, start, zone);
    const isEvery = grain === 'day' && queueId === EVERY_QUEUE;
    const from = isEvery || grain === 'month' ? ('day' as const) : ('quarter' as const);
    const found = await this.rollups
      .find({
        grain: from,
        part: { $in: ['all', ...parts] },
        queueId: isEvery ? { $gt: EVERY_QUEUE } : queueId,
        start: isEvery ? start : { $gte: start, $lt: end },
      })
      .lean<Rollup[]>();
    const heat: number[] = Array.from({ length: grain === 'day' ? 24 : 168 }, () => 0);
    for (const rollup of found) {
      if (rollup.part !== 'all') continue;
      for (const [hour, opened] of heatOf(rollup, zone, isEvery)) heat[hour] = (heat[hour] ?? 0) + opened;
    }
    return { sums: sumsOf(found), heat };
  }
}

/** Where in the whole's hours a part's openings belong. */
function heatOf({ grain, start, cells, heat = [] }: Rollup, zone: string, sameDay: boolean): [number, number][] {
  const at = DateTime.fromJSDate(start, { zone });
  if (grain === 'quarter') return [[at.hour, cells[0]?.n.opened ?? 0]];
  const first = sameDay ? 0 : (at.weekday - 1) * 24;
  return heat.map((opened, hour) => [first + hour, opened]);
}
