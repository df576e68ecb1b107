import { Inject, Injectable } from '@nestjs/common';
import { MetricClock } from '@switchboard/contract';
import { DateTime } from 'luxon';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Organisations } from '../../organisation/index.ts';
import type { Followed } from '../facts/measured.schema.ts';
import { markStale } from './keep-quarters.ts';
import {
  addRollup,
  EVERY_QUEUE,
  isSame,
  openedOf,
  rollupId,
  stored,
  sumsOf,
  type Grain,
  type Rollup,
  type Slot,
  type StoredSums,
} from './rollup.schema.ts';
import { addTo, noBins } from './sketch.ts';
import { dayOf, endOf, monthOf } from './stretches.ts';
import { cellOf, parts } from './sums.ts';

/** Counts the ways in which days and months have been summed: those of an older one are summed anew, once. */
const FORM = 2;
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
        // Of what was made all queues together are to be made, too.
        if (stale.length === 0) break;
      }
    return made;
  }

  /** In another zone days begin at other times; what was summed in another form is not read any more. */
  private async inZone(zone: string): Promise<void> {
    const known = await this.followed.findById('zone').lean<Followed>();
    if (known?.zone === zone && known.form === FORM) return;
    if (known !== null) await this.anew(zone, known.zone !== zone);
    await this.followed.updateOne({ _id: 'zone' }, { $set: { zone, form: FORM } }, { upsert: true });
  }

  /** What is not made yet is read in its parts, so that figures stay right meanwhile. */
  private async anew(zone: string, moved: boolean): Promise<void> {
    if (moved) await this.rollups.deleteMany({ grain: { $in: ['day', 'month'] } });
    const slots = new Map<string, Slot>();
    const quarters = this.rollups
      .find({ grain: 'quarter', part: 'all' }, { queueId: 1, start: 1 })
      .sort({ queueId: 1, start: 1 });
    for await (const quarter of quarters.lean<Rollup[]>().cursor())
      for (const slot of wholesOf(quarter, zone)) slots.set(rollupId(slot), slot);
    const marks = [...slots.values()].map((slot) => ({ updateOne: markStale(slot) }));
    for (let at = 0; at < marks.length; at += AT_ONCE)
      await this.rollups.bulkWrite(marks.slice(at, at + AT_ONCE), { ordered: false });
  }

  private async make({ _id, grain, queueId, start, changes }: Rollup, zone: string): Promise<void> {
    const [all, ...rest] = await this.due({ grain, queueId, start }, zone);
    for (const replacement of rest)
      await this.rollups.replaceOne({ _id: replacement._id }, replacement, { upsert: true });
    // What changed meanwhile is summed again.
    await this.rollups.updateOne({ _id, changes }, { $set: { ...all, stale: false } });
    const above: Slot[] = [
      ...(grain === 'day' ? [{ grain: 'month' as const, queueId, start: monthOf(start, zone) }] : []),
      ...(grain === 'day' && queueId !== EVERY_QUEUE ? [{ grain, queueId: EVERY_QUEUE, start }] : []),
    ];
    for (const slot of above) {
      const { filter, update } = markStale(slot);
      await this.rollups.updateOne(filter, update, { upsert: true });
    }
  }

  /** Sums the days and months of some quarters again, and makes anew what is something else; says which were. */
  async prove(quarters: readonly Pick<Slot, 'queueId' | 'start'>[]): Promise<Slot[]> {
    const { timeZone } = await this.organisations.read();
    const slots = new Map<string, Slot>();
    for (const quarter of quarters)
      for (const slot of wholesOf(quarter, timeZone))
        if (endOf(slot.grain, slot.start, timeZone) <= this.clock.now()) slots.set(rollupId(slot), slot);
    const wrong: Slot[] = [];
    // One that is wrong is mended before what is made of it is looked at.
    for (const isNext of layers) {
      const before = wrong.length;
      for (const slot of slots.values()) if (isNext(slot) && !(await this.holds(slot, timeZone))) wrong.push(slot);
      const marks = wrong.slice(before).map((slot) => ({ updateOne: markStale(slot) }));
      if (marks.length === 0) continue;
      await this.rollups.bulkWrite(marks, { ordered: false });
      await this.run();
    }
    return wrong;
  }

  private async holds(slot: Slot, zone: string): Promise<boolean> {
    const due = await this.due(slot, zone);
    const found = await this.rollups.find({ _id: { $in: due.map(({ _id }) => _id) } }).lean<Rollup[]>();
    const known = new Map(found.map((one) => [one._id, one]));
    // What changed a moment ago is not read before it is summed.
    return known.get(rollupId(slot))?.stale === true || due.every((one) => isSame(one, known.get(one._id)));
  }

  private async due({ grain, queueId, start }: Slot, zone: string): Promise<StoredSums[]> {
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
    const sums = sumsOf(found);
    for (const rollup of found) {
      const first = hourIn(grain, rollup, zone);
      for (const { key, hour, count } of openedOf(rollup, () => true))
        if (count > 0) addTo((cellOf(sums, rollup.part, key).heat ??= noBins()), first + hour, count);
      if (isEvery && rollup.part === 'all')
        addRollup(rollup, MetricClock.options, () => cellOf(sums, 'queue', rollup.queueId));
    }
    return stored({ grain, queueId, start }, sums);
  }
}

/** Each is made of those before it. */
const layers: readonly ((slot: Slot) => boolean)[] = [
  ({ grain, queueId }) => grain === 'day' && queueId !== EVERY_QUEUE,
  ({ grain, queueId }) => grain === 'day' && queueId === EVERY_QUEUE,
  ({ grain }) => grain === 'month',
];

/** The days and months that a quarter is in, its queue's and those of all. */
const wholesOf = ({ queueId, start }: Pick<Slot, 'queueId' | 'start'>, zone: string): Slot[] =>
  [queueId, EVERY_QUEUE].flatMap((id) => [
    { grain: 'day' as const, queueId: id, start: dayOf(start, zone) },
    { grain: 'month' as const, queueId: id, start: monthOf(start, zone) },
  ]);

/** Which hour of the whole, a day or a week from Monday, is a part's first. */
function hourIn(whole: Grain, { grain, start }: Rollup, zone: string): number {
  const at = DateTime.fromJSDate(start, { zone });
  if (grain === 'quarter') return at.hour;
  return whole === 'day' ? 0 : (at.weekday - 1) * 24;
}
