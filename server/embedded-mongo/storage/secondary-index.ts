import { uint32 } from '../bson.ts';
import { CommandError } from '../errors.ts';
import { compileFilter, type Predicate } from '../match/filter.ts';
import { componentLimit, type Direction, encodeKey } from '../values/key-encoding.ts';
import { toNumber } from '../values/numbers.ts';
import { indexedValues } from '../values/paths.ts';
import type { Doc } from '../values/types.ts';

/** What listIndexes shows, and below it what the store keeps of an index. */
export interface IndexSpec extends Doc {
  v: number;
  key: Doc;
  name: string;
  unique?: boolean;
  sparse?: boolean;
  partialFilterExpression?: Doc;
  expireAfterSeconds?: number;
  /** The first bytes of its entries. */
  number: number;
  /** Some document has an array on a path, so it may have several entries. */
  multikey?: boolean;
}

export interface IndexEntry {
  key: Buffer;
  /** The values that the key is made of. */
  row: unknown[];
}

function directionOf(path: string, value: unknown): Direction {
  const direction = typeof value === 'string' ? value : toNumber(value);
  if (direction === 1 || direction === -1) return direction;
  const message = `An index on '${path}' of type ${String(value)} is not supported by the embedded database`;
  throw new CommandError(67, 'CannotCreateIndex', message);
}

export class SecondaryIndex {
  readonly prefix: Buffer;
  readonly paths: string[];
  readonly directions: Direction[];
  readonly componentLimit: number;
  readonly #parts: string[][];
  readonly #covers: Predicate | null;

  constructor(
    readonly spec: IndexSpec,
    private readonly onMultikey: () => void,
  ) {
    this.prefix = uint32(spec.number);
    this.paths = Object.keys(spec.key);
    this.directions = Object.entries(spec.key).map(([path, value]) => directionOf(path, value));
    this.componentLimit = componentLimit(this.paths.length);
    this.#parts = this.paths.map((path) => path.split('.'));
    this.#covers = spec.partialFilterExpression ? compileFilter(spec.partialFilterExpression) : null;
  }

  /** The entries of a document; an entry of a unique index does not hold the document's id. */
  entriesOf(doc: Doc, id: Buffer): IndexEntry[] {
    const rows = this.#rowsOf(doc);
    const entries = rows.map((row) => {
      const key = encodeKey(this.prefix, row, this.directions);
      return { key: this.spec.unique ? key : Buffer.concat([key, id]), row };
    });
    if (entries.length < 2) return entries;
    return [...new Map(entries.map((entry) => [entry.key.toString('latin1'), entry])).values()];
  }

  #rowsOf(doc: Doc): unknown[][] {
    if (this.#covers && !this.#covers(doc)) return [];
    let rows: unknown[][] = [[]];
    let missing = 0;
    for (const parts of this.#parts) {
      const { values, multikey } = indexedValues(doc, parts);
      if (multikey) this.#markMultikey();
      if (values.length === 1) {
        if (values[0] === undefined) missing++;
        for (const row of rows) row.push(values[0]);
      } else {
        rows = rows.flatMap((row) => values.map((value) => [...row, value]));
      }
    }
    return this.spec.sparse && missing === this.#parts.length ? [] : rows;
  }

  #markMultikey(): void {
    if (this.spec.multikey) return;
    this.spec.multikey = true;
    this.onMultikey();
  }

  /** As the client declared it. */
  description(): Doc {
    const { number: _number, multikey: _multikey, ...description } = this.spec;
    return description;
  }
}
