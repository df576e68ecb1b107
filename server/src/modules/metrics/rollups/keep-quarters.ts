import { Inject, Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { Model } from 'mongoose';
import { Organisations } from '../../organisation/index.ts';
import type { Fact } from '../facts/fact.schema.ts';
import { gently } from '../gently.ts';
import { rollupId, stored, sumsOf, type Rollup, type Slot } from './rollup.schema.ts';
import { dayOf, quarterOf, QUARTER_MS } from './stretches.ts';
import { addToSums, emptySums, type Sums } from './sums.ts';

/** So many quarters are remembered: what comes next is nearly always in the newest. */
const MOST_HOT = 300;

interface Quarter {
  readonly queueId: string;
  readonly start: Date;
  readonly facts: Map<string, Fact>;
  sums: Sums;
}

/**
 * The sums of each queue's quarters of an hour. One process keeps them: it remembers the facts of those that it has written of
 * late, adds what is new, and sums anew where something changed.
 */
@Injectable()
export class KeepQuarters {
  private readonly hot = new Map<string, Quarter>();

  constructor(
    @Inject('facts') private readonly facts: Model<Fact>,
    @Inject('rollups') private readonly rollups: Model<Rollup>,
    @Inject(Organisations) private readonly organisations: Organisations,
  ) {}

  /** Another process may have written meanwhile. */
  forget(): void {
    this.hot.clear();
  }

  /** Facts that are stored already, new or changed. */
  async note(facts: readonly Fact[]): Promise<void> {
    const touched = new Set<Quarter>();
    for (const fact of facts) {
      const id = rollupId({ grain: 'quarter', queueId: fact.queueId, start: quarterOf(fact.at) });
      const known = this.hot.get(id);
      const quarter = known ?? (await this.load(fact.queueId, quarterOf(fact.at)));
      // The last that was used goes to the end, away from those that are forgotten.
      this.hot.delete(id);
      this.hot.set(id, quarter);
      touched.add(quarter);
      if (known !== undefined) take(quarter, fact);
    }
    await this.write([...touched]);
    for (const [id] of this.hot) {
      if (this.hot.size <= MOST_HOT) break;
      this.hot.delete(id);
    }
  }

  /** Sums anew, from what is stored; says whether what was there was something else. */
  async anew(queueId: string, start: Date): Promise<boolean> {
    const quarter = await this.load(queueId, start);
    const ids = stored({ grain: 'quarter', queueId, start }, quarter.sums).map(({ _id }) => _id);
    const before = sumsOf(await this.rollups.find({ _id: { $in: ids } }).lean<Rollup[]>());
    const same = isDeepStrictEqual(before, quarter.sums);
    if (!same) await this.write([quarter]);
    return !same;
  }

  private async load(queueId: string, start: Date): Promise<Quarter> {
    const end = new Date(start.getTime() + QUARTER_MS);
    const found = await this.facts.find({ queueId, at: { $gte: start, $lt: end } }).lean<Fact[]>();
    return { queueId, start, facts: new Map(found.map((fact) => [fact._id, fact])), sums: summed(found) };
  }

  private async write(quarters: readonly Quarter[]): Promise<void> {
    if (quarters.length === 0) return;
    const { timeZone } = await this.organisations.read();
    const days = new Map<string, Slot>();
    for (const { queueId, start } of quarters) {
      const day = { grain: 'day', queueId, start: dayOf(start, timeZone) } as const;
      days.set(rollupId(day), day);
    }
    const written = quarters
      .flatMap(({ queueId, start, sums }) => stored({ grain: 'quarter', queueId, start }, sums))
      .map((replacement) => ({ replaceOne: { filter: { _id: replacement._id }, replacement, upsert: true } }));
    const marked = [...days.values()].map((day) => ({ updateOne: markStale(day) }));
    await gently([...written, ...marked], (some) => this.rollups.bulkWrite(some, { ordered: false }));
  }
}

/** Its sums have to be made, or made anew. */
export const markStale = ({ grain, queueId, start }: Slot) => ({
  filter: { _id: rollupId({ grain, queueId, start }) },
  update: { $set: { grain, part: 'all' as const, queueId, start, stale: true }, $inc: { changes: 1 } },
  upsert: true,
});

function take(quarter: Quarter, fact: Fact): void {
  const known = quarter.facts.get(fact._id);
  quarter.facts.set(fact._id, fact);
  if (known === undefined) addToSums(quarter.sums, fact);
  else if (!isDeepStrictEqual(known, fact)) quarter.sums = summed(quarter.facts.values());
}

function summed(facts: Iterable<Fact>): Sums {
  const sums = emptySums();
  for (const fact of facts) addToSums(sums, fact);
  return sums;
}
