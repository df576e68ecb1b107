import type { Model } from 'mongoose';
import { compileFilter } from '../../../server/embedded-mongo/match/filter.ts';
import { compileModifier } from '../../../server/embedded-mongo/update/modifier.ts';
import { upsertDocument } from '../../../server/embedded-mongo/update/upsert.ts';

/** Not `structuredClone`: its dates are of another realm than jest's. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copyOf(each as unknown)])) as T;
}

type Filter = Record<string, unknown>;
type Order = Record<string, 1 | -1>;
interface Stored {
  _id: string;
}

/**
 * A collection in memory, by the embedded database's own filters and updates: as much of a model as the routing uses. Each call is
 * one step, as it is in the database; `turn` is waited for before it, so that several who use it at once come in any order.
 */
export class MemoryCollection<T extends Stored> {
  readonly documents = new Map<string, T>();
  private readonly turn: () => Promise<void>;

  constructor(turn: () => Promise<void>) {
    this.turn = turn;
  }

  get model(): Model<T> {
    return this as unknown as Model<T>;
  }
  /** The driver's own, as far as it is used. */
  get collection() {
    return { findOne: (filter: Filter) => this.findOne(filter).lean() };
  }

  find(filter: Filter = {}) {
    return this.query(filter, (found) => found);
  }
  findOne(filter: Filter) {
    return this.query(filter, (found) => found[0] ?? null);
  }
  findById(_id: string) {
    return this.findOne({ _id });
  }
  async exists(filter: Filter): Promise<{ _id: string } | null> {
    return this.findOne(filter).lean();
  }
  async countDocuments(filter: Filter): Promise<number> {
    return (await this.find(filter).lean()).length;
  }
  async updateOne(filter: Filter, update: Filter, { upsert = false } = {}) {
    await this.turn();
    const [before] = this.matching(filter);
    if (before !== undefined) this.change(before, filter, update);
    else if (upsert) this.insert(upsertDocument(filter, update, compileModifier(update, [])) as unknown as T);
    const [matchedCount, upsertedCount] = [before === undefined ? 0 : 1, before === undefined && upsert ? 1 : 0];
    return { matchedCount, modifiedCount: matchedCount, upsertedCount };
  }
  findOneAndUpdate(filter: Filter, update: Filter, { returnDocument = 'before' } = {}) {
    const run = async () => {
      await this.turn();
      const [before] = this.matching(filter);
      if (before === undefined) return null;
      const after = this.change(before, filter, update);
      return copyOf(returnDocument === 'after' ? after : before);
    };
    return { lean: run };
  }
  async create(document: T): Promise<void> {
    await this.turn();
    this.insert(copyOf(document));
  }

  /** At once, for who plays the world around it. */
  put(document: T): void {
    this.documents.set(document._id, document);
  }

  private query<R>(filter: Filter, take: (found: T[]) => R) {
    let order: Order = {};
    let most = Infinity;
    const run = async () => {
      await this.turn();
      const found = this.matching(filter).sort(by(order)).slice(0, most);
      return copyOf(take(found));
    };
    const query = {
      sort(wanted: Order) {
        order = wanted;
        return query;
      },
      limit(count: number) {
        most = count;
        return query;
      },
      hint: () => query,
      lean() {
        const result = run();
        return Object.assign(result, { exec: () => result });
      },
    };
    return query;
  }

  /** What a field must be itself rules out the most, and quickly; the rest is the database's own way. */
  private matching(filter: Filter): T[] {
    const { _id } = filter;
    const own = typeof _id === 'string' ? this.documents.get(_id) : undefined;
    if (typeof _id === 'string' && own === undefined) return [];
    const plain = Object.entries(filter).filter(([path, wanted]) => isPlain(wanted) && !path.includes('.'));
    const rest = Object.fromEntries(Object.entries(filter).filter(([path]) => !plain.some(([same]) => same === path)));
    const matches = Object.keys(rest).length === 0 ? () => true : compileFilter(rest);
    return (own === undefined ? [...this.documents.values()] : [own]).filter(
      (each) => plain.every(([path, wanted]) => each[path as keyof T] === wanted) && matches(each),
    );
  }

  private change(before: T, filter: Filter, update: Filter): T {
    const after = copyOf(before);
    compileModifier(update, [])(after as never, { filter });
    this.documents.set(after._id, after);
    return after;
  }

  private insert(document: T): void {
    if (this.documents.has(document._id)) throw Object.assign(new Error('It is there'), { code: 11000 });
    this.documents.set(document._id, document);
  }
}

const isPlain = (wanted: unknown): boolean => typeof wanted === 'string' || typeof wanted === 'boolean';

const by =
  (order: Order) =>
  (a: object, b: object): number => {
    for (const [path, direction] of Object.entries(order)) {
      const [x, y] = [at(a, path), at(b, path)];
      if (x !== y) return (x < y ? -1 : 1) * direction;
    }
    return 0;
  };
function at(document: object, path: string): string | number {
  const value = (document as Record<string, unknown>)[path];
  return value instanceof Date ? value.getTime() : (value as string | number);
}
