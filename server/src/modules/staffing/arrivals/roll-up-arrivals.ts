import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Jobs } from '../../../platform/jobs/index.ts';
import { CLOCK, JOBS } from '../../../platform/tokens.ts';
import { CountArrivals } from '../../tickets/index.ts';
import { arrivalDayId, type ArrivalDay, type CountedUntil } from './arrivals.schema.ts';

const EVERY_MS = 5 * 60_000;
const DAY_MS = 86_400_000;
const dayOf = (at: Date) => at.toISOString().slice(0, 10);
const startOf = (day: string) => new Date(`${day}T00:00:00.000Z`);

/**
 * Keeps what came, day by day, from the tickets. A day is always counted whole and put in the place of what it was: run
 * twice, or killed in between, the result is the same. The last day is counted once more, for tickets change queues.
 */
@Injectable()
export class RollUpArrivals implements OnModuleInit {
  constructor(
    @Inject('arrivals') private readonly days: Model<ArrivalDay>,
    @Inject('arrivalscounted') private readonly counted: Model<CountedUntil>,
    @Inject(CountArrivals) private readonly tickets: CountArrivals,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.every('roll-up-arrivals', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    const from = await this.firstDay();
    if (from === null) return;
    const now = this.clock.now();
    for (let at = startOf(from); at <= now; at = new Date(at.getTime() + DAY_MS)) {
      await this.count(dayOf(at), at);
      await this.counted.updateOne({ _id: 'tickets' }, { $set: { day: dayOf(at) } }, { upsert: true });
    }
  }

  private async firstDay(): Promise<string | null> {
    const counted = await this.counted.findById('tickets').lean<CountedUntil>();
    if (counted !== null) return dayOf(new Date(startOf(counted.day).getTime() - DAY_MS));
    const oldest = await this.tickets.oldest();
    return oldest === null ? null : dayOf(oldest);
  }

  private async count(day: string, start: Date): Promise<void> {
    const found = await this.tickets.between(start, new Date(start.getTime() + DAY_MS));
    const counted = found.map((arrivals): ArrivalDay => {
      const one = { ...arrivals, counts: [...arrivals.counts], day, source: 'tickets' as const };
      return { _id: arrivalDayId(one), ...one };
    });
    const ids = new Set(counted.map(({ _id }) => _id));
    const before = await this.days.find({ source: 'tickets', day }, { _id: 1 }).lean<Pick<ArrivalDay, '_id'>[]>();
    const gone = before.filter(({ _id }) => !ids.has(_id)).map(({ _id }) => _id);
    if (gone.length > 0) await this.days.deleteMany({ _id: { $in: gone } });
    await keepDays(this.days, counted);
  }
}

/** Puts them in the place of what was there. */
export async function keepDays(days: Model<ArrivalDay>, wanted: readonly ArrivalDay[]): Promise<void> {
  if (wanted.length === 0) return;
  await days.bulkWrite(
    wanted.map(({ _id, ...day }) => ({ updateOne: { filter: { _id }, update: { $set: day }, upsert: true } })),
    { ordered: false },
  );
}
