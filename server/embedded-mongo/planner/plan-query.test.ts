import { describe, expect, it } from '@jest/globals';
import { type IndexSpec, SecondaryIndex } from '../storage/secondary-index.ts';
import type { Doc } from '../values/types.ts';
import type { Plan, Sort } from './plan.ts';
import { planQuery } from './plan-query.ts';

let number = 1;
const index = (key: Doc, options: Partial<IndexSpec> = {}) =>
  new SecondaryIndex({ v: 2, key, name: Object.keys(key).join(), number: (number += 2), ...options }, () => undefined);

const source = {
  prefix: Buffer.from([0, 0, 0, 1]),
  indexes: [
    index({ a: 1, b: -1 }),
    index({ u: 1 }, { unique: true }),
    index({ t: 1 }, { multikey: true }),
    index({ p: 1 }, { partialFilterExpression: { open: true } }),
    index({ q: 1 }, { partialFilterExpression: { q: { $gt: 5 } } }),
    index({ s: 1 }, { sparse: true }),
  ],
};

/** The plan in short: its kind, its index, and whether it gives the order. */
function plan(filter: Doc, sort: Sort = []): string {
  const chosen = planQuery(source, { filter, sort });
  const order = !sort.length ? '' : chosen.sorted ? ' in order' : ' to be sorted';
  return describePlan(chosen) + order;
}

function describePlan(chosen: Plan): string {
  if (chosen.kind === 'index') return `${chosen.index.spec.name} x${chosen.ranges.length}`;
  return chosen.kind === 'scan' && chosen.bounded ? 'id range' : chosen.kind;
}

describe('the plan of a query', () => {
  it.each<[filter: Doc, expected: string, sort?: Sort]>([
    [{}, 'scan'],
    [{ x: 1 }, 'scan'],
    [{ _id: 5 }, 'id'],
    [{ _id: null }, 'id'],
    [{ _id: { $in: [1, 2] }, x: 1 }, 'id'],
    [{ _id: { $gt: 5 } }, 'id range'],
    [{}, 'scan in order', [['_id', -1]]],
    [{ a: 1 }, 'a,b x1'],
    [{ a: { $in: [1, 2, 1] }, b: 3 }, 'a,b x2'],
    [{ a: { $gte: 1, $lt: 5 } }, 'a,b x1'],
    [{ a: /^abc/ }, 'a,b x1'],
    [{ a: /abc/ }, 'scan'],
    [{ a: /^abc/i }, 'scan'],
    [{ a: { $ne: 1 } }, 'scan'],
    [{ b: 1 }, 'scan'],
    [{ a: 1 }, 'a,b x1 in order', [['b', -1]]],
    [{ a: 1 }, 'a,b x1 in order', [['b', 1]]],
    [
      { a: 1 },
      'a,b x1 in order',
      [
        ['b', 1],
        ['_id', -1],
      ],
    ],
    [
      { a: 1 },
      'a,b x1 to be sorted',
      [
        ['b', 1],
        ['_id', 1],
      ],
    ],
    [{ a: { $in: [1, 2] } }, 'a,b x2 to be sorted', [['b', -1]]],
    [
      {},
      'a,b x1 in order',
      [
        ['a', -1],
        ['b', 1],
      ],
    ],
    [
      {},
      'scan to be sorted',
      [
        ['a', 1],
        ['b', 1],
      ],
    ],
    [{ u: 1, a: 1 }, 'u x1'],
    [{ t: { $gt: 1 } }, 't x1 to be sorted', [['t', 1]]],
    [{ p: 1 }, 'scan'],
    [{ p: 1, open: true }, 'p x1'],
    [{ q: { $gt: 5 } }, 'q x1'],
    [{ q: { $gte: 5 } }, 'scan'],
    [{ q: { $gte: 'x' } }, 'scan'],
    [{ s: null }, 'scan'],
    [{ s: 1 }, 's x1'],
    [{ $or: [{ a: 1 }, { u: 2 }] }, 'union'],
    [{ $or: [{ a: 1 }, { x: 2 }] }, 'scan'],
    [{ $and: [{ a: 1 }, { b: 2 }] }, 'a,b x1'],
    [{ a: { $elemMatch: { b: 1 } } }, 'scan'],
  ])('%p: %s', (filter, expected, sort = []) => {
    expect(plan(filter, sort)).toBe(expected);
  });

  it('takes the index of a hint, and refuses a hint at none', () => {
    expect(planQuery(source, { filter: { a: 1, u: 1 }, hint: 'a,b' })).toMatchObject({ kind: 'index' });
    expect(() => planQuery(source, { filter: {}, hint: 'none' })).toThrow('hint provided does not correspond');
  });
});

it('walks the range of the longest beginning where several are asked for', () => {
  const range = (filter: Doc) => {
    const chosen = planQuery(source, { filter });
    return chosen.kind === 'index' ? chosen.ranges : [];
  };
  const long = range({ t: /^banerisu/ });
  expect(range({ $and: [{ t: /^banerisu/ }, { t: /^order/ }] })).toEqual(long);
  expect(range({ $and: [{ t: /^order/ }, { t: /^banerisu/ }] })).toEqual(long);
});
