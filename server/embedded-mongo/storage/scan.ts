import { decode } from '../bson.ts';
import { compileFilter, type Predicate } from '../match/filter.ts';
import type { IdPlan, IndexPlan, Plan, ScanPlan, UnionPlan } from '../planner/plan.ts';
import type { Doc } from '../values/types.ts';
import type { KeyRange } from '../planner/bounds.ts';
import type { Table } from './key-value.ts';

/** Where a scan stands, to go on from there in a later command. */
export interface Position {
  range: number;
  key?: Buffer;
  seen?: Set<string>;
}

export interface Match {
  id: Buffer;
  raw: Buffer;
  /** Decoded, if the filter had to look at it. */
  doc?: Doc;
  /** Absent where a scan cannot be resumed. */
  position?: Position;
}

export interface Examined {
  keys: number;
  documents: number;
}

export interface ScanSource {
  documents: Table;
  entries: Table;
  documentKey(id: Buffer): Buffer;
  /** The id part of a document's key. */
  idOf(key: Buffer): Buffer;
}

const ZERO = Buffer.from([0]);

/** Runs a plan: yields the documents that match. The caller may change the document that it was given last. */
export class Scan {
  readonly examined: Examined = { keys: 0, documents: 0 };
  readonly #matches: Predicate | null;

  constructor(
    private readonly source: ScanSource,
    private readonly filter: Doc,
    private readonly plan: Plan,
  ) {
    this.#matches = plan.exact ? null : compileFilter(filter);
  }

  run(from?: Position): Iterable<Match> {
    switch (this.plan.kind) {
      case 'id':
        return this.#byId(this.plan, from);
      case 'union':
        return this.#union(this.plan);
      case 'index':
        return this.#byIndex(this.plan, from);
      case 'scan':
        return this.#documents(this.plan, from);
    }
  }

  #check(id: Buffer, raw: Buffer, position?: Position): Match | null {
    this.examined.documents++;
    if (!this.#matches) return { id, raw, position };
    const doc = decode(raw);
    return this.#matches(doc) ? { id, raw, doc, position } : null;
  }

  *#byId({ ids }: IdPlan, from?: Position): Iterable<Match> {
    for (let i = from?.range ?? 0; i < ids.length; i++) {
      this.examined.keys++;
      const id = ids[i]!;
      const raw = this.source.documents.get(this.source.documentKey(id));
      const match = raw && this.#check(id, raw, { range: i + 1 });
      if (match) yield match;
    }
  }

  *#union({ branches }: UnionPlan): Iterable<Match> {
    const seen = new Set<string>();
    for (const branch of branches) {
      const candidates = new Scan(this.source, {}, { ...branch, exact: true } as Plan);
      for (const { id, raw } of candidates.run()) {
        const key = id.toString('latin1');
        if (seen.has(key)) continue;
        seen.add(key);
        const match = this.#check(id, raw);
        if (match) yield match;
      }
    }
  }

  *#byIndex(plan: IndexPlan, from?: Position): Iterable<Match> {
    const seen = plan.multikey ? (from?.seen ?? new Set<string>()) : undefined;
    const ranges = plan.reverse ? plan.ranges.toReversed() : plan.ranges;
    for (let i = from?.range ?? 0; i < ranges.length; i++) {
      const resumed = from?.range === i ? from.key : undefined;
      for (const { key, value: id } of this.source.entries.range(
        rest(ranges[i]!, plan.reverse, resumed),
        plan.reverse,
      )) {
        this.examined.keys++;
        if (seen) {
          const text = id.toString('latin1');
          if (seen.has(text)) continue;
          seen.add(text);
        }
        const raw = this.source.documents.get(this.source.documentKey(id));
        const match = raw && this.#check(id, raw, { range: i, key, seen });
        if (match) yield match;
      }
    }
  }

  *#documents({ range, reverse }: ScanPlan, from?: Position): Iterable<Match> {
    for (const { key, value } of this.source.documents.range(rest(range, reverse, from?.key), reverse)) {
      this.examined.keys++;
      const match = this.#check(this.source.idOf(key), value, { range: 0, key });
      if (match) yield match;
    }
  }
}

/** What is left of a range after the key read last. */
function rest(range: KeyRange, reverse: boolean, key?: Buffer): KeyRange {
  if (!key) return range;
  return reverse ? { ...range, end: key } : { ...range, start: Buffer.concat([key, ZERO]) };
}
