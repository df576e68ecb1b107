import { Inject, Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Organisations } from '../../organisation/index.ts';
import type { Followed } from '../facts/measured.schema.ts';
import { markStale } from './keep-quarters.ts';
import { EVERY_QUEUE, rollupId, stored, sumsOf, type Grain, type Rollup } from './rollup.schema.ts';
import { dayOf, endOf, monthOf } from './stretches.ts';
import { emptySums, mergeSums } from './sums.ts';

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
    const quarters = this.rollups
      .find({ grain: 'quarter' }, { queueId: 1, start: 1 })
      .sort({ start: 1 })
      .lean<Rollup[]>();
    const days = new Map<string, Pick<Rollup, 'grain' | 'queueId' | 'start'>>();
    for await (const { queueId, start } of quarters.cursor()) {
      const day = { grain: 'day', queueId, start: dayOf(start, timeZone) } as const;
      days.set(rollupId(day), day);
    }
    const marks = [...days].map(([_id, day]) => ({ updateOne: markStale(_id, day) }));
    for (let at = 0; at < marks.length; at += AT_ONCE)
      await this.rollups.bulkWrite(marks.slice(at, at + AT_ONCE), { ordered: false });
  }

  private async make({ _id, grain, queueId, start, changes }: Rollup, zone: string): Promise<void> {
    const made = await this.summed(grain, queueId, start, zone);
    // What changed meanwhile is summed again.
    await this.rollups.updateOne({ _id, changes }, { $set: { ...made, stale: false } });
    const above: Pick<Rollup, 'grain' | 'queueId' | 'start'>[] = [
      ...(grain === 'day' ? [{ grain: 'month' as const, queueId, start: monthOf(start, zone) }] : []),
      ...(grain === 'day' && queueId !== EVERY_QUEUE ? [{ grain, queueId: EVERY_QUEUE, start }] : []),
    ];
    for (const one of above) {
      const { filter, update } = markStale(rollupId(one), one);
      await this.rollups.updateOne(filter, update, { upsert: true });
    }
  }

  private async summed(grain: Grain, queueId: string, start: Date, zone: string) {
    const end = endOf(grain, start, zone);
    const isEvery = grain === 'day' && queueId === EVERY_QUEUE;
    const from = isEvery || grain === 'month' ? ('day' as const) : ('quarter' as const);
    const found = await this.rollups
      .find({
        grain: from,
        queueId: isEvery ? { $gt: EVERY_QUEUE } : queueId,
        start: isEvery ? start : { $gte: start, $lt: end },
      })
      .lean<Rollup[]>();
    const sums = emptySums();
    const heat: number[] = Array.from({ length: grain === 'day' ? 24 : 168 }, () => 0);
    for (const one of found) {
      if (one.all === undefined) continue;
      mergeSums(sums, sumsOf(one));
      heatOf(from, one, zone, isEvery).forEach(([hour, opened]) => (heat[hour] = (heat[hour] ?? 0) + opened));
    }
    return { ...stored(sums), heat };
  }
}

/** Where in the whole's hours a part's openings belong. */
function heatOf(from: Grain, { start, all, heat }: Rollup, zone: string, sameDay: boolean): [number, number][] {
  const at = DateTime.fromJSDate(start, { zone });
  if (from === 'quarter') return [[at.hour, all.n.opened ?? 0]];
  const first = sameDay ? 0 : (at.weekday - 1) * 24;
  return heat.map((opened, hour) => [first + hour, opened]);
}
