import { ObjectId } from 'bson';
import type { Doc } from '../values/types.ts';

/** A sequence of pseudo-random numbers that is the same for the same seed. */
function generator(seed: number) {
  let state = seed;
  const next = () => (state = (state * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
  const below = (n: number) => Math.floor(next() * n);
  return {
    next,
    below,
    chance: (share: number) => next() < share,
    pick: <T>(items: readonly T[]): T => items[below(items.length)]!,
    times: <T>(n: number, make: () => T): T[] => Array.from({ length: n }, make),
  };
}

export const INDEX_KEYS: readonly Doc[] = [
  { n: 1 },
  { s: 1, n: -1 },
  { d: -1 },
  { n: -1, s: 1, d: 1 },
  { t: 1 },
  { m: 1 },
  { 'o.x': 1, 'o.y': -1 },
  { 'e.k': 1 },
  { s: 1, d: -1 },
];

const SORTS: readonly Doc[] = [
  { n: 1 },
  { n: -1, s: 1 },
  { s: 1, d: -1 },
  { d: -1 },
  { t: 1 },
  { _id: -1 },
  { s: -1, n: 1, d: 1 },
  { 'o.x': 1 },
];

const FIELDS = ['n', 's', 'd', 'm', 't', 'o.x', 'o.y', 'e.k'];
const TEXTS = ['a', 'ab', 'b', 'p', 'q'];

/** Documents, filters, sorts and updates over a few fields and values, so that they meet often. */
export function randomQueries(seed: number) {
  const { next, below, chance, pick, times } = generator(seed);
  const ids = times(4, () => new ObjectId(String(below(10)).repeat(24)));
  const scalar = (): unknown =>
    pick<() => unknown>([
      () => below(6),
      () => below(6) - 3.5,
      () => pick(['a', 'ab', 'b', '', 'abc', 'B']),
      () => null,
      () => chance(0.5),
      () => new Date(below(5) * 1000),
      () => pick(ids),
    ])();
  const date = () => new Date(below(6) * 1e6);
  const FIELD_VALUES: Readonly<Record<string, () => unknown>> = {
    n: () => below(8),
    s: () => pick(['a', 'ab', 'abc', 'b', 'c']),
    d: date,
    m: scalar,
    t: () => times(below(4), () => below(6)),
    o: () => ({ x: below(4), y: pick(['p', 'q']) }),
    e: () => times(below(3), () => ({ k: below(4), v: below(3) })),
  };
  const wanted = (field: string): unknown => {
    if (field === 'm') return scalar();
    if (field === 'd') return date();
    return field === 's' || field === 'o.y' ? pick(TEXTS) : below(7);
  };
  const condition = (field: string): unknown => {
    const value = () => wanted(field);
    return pick<() => unknown>([
      value,
      value,
      () => ({ $in: [value(), value(), value()] }),
      () => ({ $in: [value(), value(), value(), value(), value()] }),
      () => ({ $gt: value() }),
      () => ({ $gte: value(), $lt: value() }),
      () => ({ $lte: value() }),
      () => ({ $ne: value() }),
      () => ({ $exists: chance(0.5) }),
      () => (field === 's' ? /^a/ : { $nin: [value()] }),
      () => ({ $not: { $gt: value() } }),
      () => null,
    ])();
  };
  const filter = (): Doc => {
    const fields = times(1 + below(3), () => pick(FIELDS));
    const conditions: Doc = Object.fromEntries(fields.map((field) => [field, condition(field)]));
    if (chance(0.15)) return { $or: [conditions, { [pick(['n', 's'])]: condition('n') }] };
    return chance(0.1) ? { $and: [conditions, { n: condition('n') }] } : conditions;
  };
  return {
    chance,
    below,
    pick,
    filter,
    document: (): Doc => ({
      _id: new ObjectId(),
      ...Object.fromEntries(
        Object.entries(FIELD_VALUES)
          .filter(() => chance(0.85))
          .map(([field, make]) => [field, make()]),
      ),
    }),
    sort: (): Doc | undefined => (chance(0.12) ? undefined : pick(SORTS)),
    update: (): Doc =>
      pick<Doc>([
        { $set: { n: below(8), s: pick(['a', 'zz']) } },
        { $push: { t: below(9) } },
        { $unset: { d: 1 } },
        { $inc: { n: 1 } },
        { $set: { m: scalar() } },
        { $pull: { t: 2 } },
        { $set: { 'o.x': below(5) } },
      ]),
    indexes: (): Doc[] =>
      INDEX_KEYS.map((key) => ({ key, order: next() }))
        .sort((a, b) => a.order - b.order)
        .slice(0, 4)
        .map(({ key }) => ({ key, name: JSON.stringify(key), ...pick([{}, {}, {}, { sparse: true }, PARTIAL]) })),
  };
}

const PARTIAL = { partialFilterExpression: { n: { $gte: 3 } } };
