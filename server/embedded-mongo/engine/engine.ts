import { decode } from '../bson.ts';
import type { Plan } from '../planner/plan.ts';
import type { Collection } from '../storage/collection.ts';
import type { Match } from '../storage/scan.ts';
import type { Store } from '../storage/store.ts';
import type { Doc } from '../values/types.ts';
import { sortDocuments } from '../aggregate/sort-documents.ts';
import { Cursors } from './cursors.ts';
import { type MatchReader, ResumableReader } from './match-reader.ts';
import type { Query } from './query.ts';
import { ScanStats } from './scan-stats.ts';

export const documentOf = (match: Match): Doc => (match.doc ??= decode(match.raw));

/** What commands work with: the store, the open cursors and the counters. */
export class Engine {
  readonly cursors: Cursors;
  readonly stats = new ScanStats();

  constructor(
    readonly store: Store,
    readonly now: () => number = Date.now,
  ) {
    this.cursors = new Cursors(now);
  }

  /** The plan of a client's query, counted when it reads the whole collection. */
  plan(collection: Collection, { filter, sort = [], hint }: Query): Plan {
    const plan = collection.plan({ filter, sort, hint });
    this.stats.record(collection, plan, filter, sort);
    return plan;
  }

  /** Matches in order. One that is changed or removed while iterating was yielded before. */
  *matches(collection: Collection, query: Query): Iterable<Match> {
    yield* this.run(collection, query, this.plan(collection, query));
  }

  *run(collection: Collection, { filter, sort = [], skip = 0, limit = 0 }: Query, plan: Plan): Iterable<Match> {
    const matches = collection.scan(filter, plan).run();
    if (!plan.sorted) {
      const sorted = sortDocuments([...matches], Object.fromEntries(sort), documentOf);
      yield* sorted.slice(skip, limit ? skip + limit : undefined);
      return;
    }
    let position = 0;
    for (const match of matches) {
      position++;
      if (position > skip) yield match;
      if (limit && position >= skip + limit) return;
    }
  }

  all(collection: Collection, query: Query): Match[] {
    return [...this.matches(collection, query)];
  }

  first(collection: Collection, query: Query): Match | undefined {
    for (const match of this.matches(collection, { ...query, limit: 1 })) return match;
    return undefined;
  }

  count(collection: Collection, filter: Doc, hint?: unknown): number {
    const plan = this.plan(collection, { filter, hint });
    const byKeys = collection.countByKeys(plan);
    if (byKeys !== null) return byKeys;
    let count = 0;
    for (const _match of collection.scan(filter, plan).run()) count++;
    return count;
  }

  /**
   * Reads matches one by one over several commands, while others write. A plan whose order comes from an index goes on
   * after the key read last; any other result is taken at once.
   */
  reader(collection: Collection, query: Query): MatchReader {
    const plan = this.plan(collection, query);
    if (plan.sorted && plan.kind !== 'union') return new ResumableReader(collection, query, plan);
    const matches = [...this.run(collection, query, plan)];
    let next = 0;
    return { next: () => matches[next++] ?? null, pause: () => undefined };
  }
}
