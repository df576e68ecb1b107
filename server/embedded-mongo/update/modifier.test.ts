import { describe, expect, it } from '@jest/globals';
import { Decimal128, Long } from 'bson';
import type { Doc } from '../values/types.ts';
import { compileModifier } from './modifier.ts';
import { upsertDocument } from './upsert.ts';

const items = () => [
  { k: 1, v: 0 },
  { k: 2, v: 0 },
  { k: 2, v: 5 },
];

interface Options {
  filter?: Doc;
  arrayFilters?: Doc[];
}

function apply(doc: Doc, update: unknown, { filter = {}, arrayFilters = [] }: Options = {}) {
  const changed = compileModifier(update, arrayFilters)(doc, { filter });
  return { doc, changed };
}

describe('an update', () => {
  it.each<[before: Doc, update: unknown, after: Doc, options?: Options]>([
    [{ a: 1 }, { $set: { b: 2 } }, { a: 1, b: 2 }],
    [{}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
    [{ a: [1] }, { $set: { 'a.3': 4 } }, { a: [1, null, null, 4] }],
    [{ a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
    [{ a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
    [{ a: 5, b: { c: 1 } }, { $inc: { a: -2, 'b.c': 3 } }, { a: 3, b: { c: 4 } }],
    [{}, { $inc: { a: 2 }, $mul: { b: 3 } }, { a: 2, b: 0 }],
    [{ a: Long.ONE }, { $inc: { a: 1 } }, { a: Long.fromNumber(2) }],
    [{ a: Decimal128.fromString('0.10') }, { $mul: { a: 2 } }, { a: Decimal128.fromString('0.20') }],
    [
      { a: 5, b: 5 },
      { $min: { a: 3 }, $max: { b: 3, c: 1 } },
      { a: 3, b: 5, c: 1 },
    ],
    [{ a: 1 }, { $rename: { a: 'x.y' } }, { x: { y: 1 } }],
    [{ a: 5 }, { $bit: { a: { and: 4, or: 3 } } }, { a: 7 }],
    [{}, { $setOnInsert: { a: 1 }, $set: { b: 1 } }, { b: 1 }],
    [{ t: [1] }, { $push: { t: 2 } }, { t: [1, 2] }],
    [{}, { $push: { t: { $each: [3, 1], $sort: 1 } } }, { t: [1, 3] }],
    [{ t: [5, 1] }, { $push: { t: { $each: [3, 4], $sort: 1, $slice: -3 } } }, { t: [3, 4, 5] }],
    [{ t: [1, 2] }, { $push: { t: { $each: [9], $position: -1 } } }, { t: [1, 9, 2] }],
    [{ t: items() }, { $push: { t: { $each: [], $sort: { v: -1 }, $slice: 1 } } }, { t: [{ k: 2, v: 5 }] }],
    [{ t: ['a'] }, { $addToSet: { t: { $each: ['a', 'b', 'b'] } } }, { t: ['a', 'b'] }],
    [{ t: [1, 2, 3] }, { $pull: { t: { $gte: 2 } } }, { t: [1] }],
    [{ t: items() }, { $pull: { t: { k: 2 } } }, { t: [{ k: 1, v: 0 }] }],
    [{ t: ['ab', 'c'] }, { $pull: { t: /^a/ } }, { t: ['c'] }],
    [{ t: [1, 2, 1] }, { $pullAll: { t: [1] } }, { t: [2] }],
    [{ t: [1, 2] }, { $pop: { t: -1 } }, { t: [2] }],
    [{ t: [{ v: 0 }, { v: 1 }] }, { $inc: { 't.$[].v': 7 } }, { t: [{ v: 7 }, { v: 8 }] }],
    [{ t: [1, 2, 3] }, { $set: { 't.$': 0 } }, { t: [1, 0, 3] }, { filter: { t: 2 } }],
    [
      { t: items() },
      { $inc: { 't.$.v': 7 } },
      {
        t: [
          { k: 1, v: 0 },
          { k: 2, v: 0 },
          { k: 2, v: 12 },
        ],
      },
      { filter: { t: { $elemMatch: { k: 2, v: 5 } } } },
    ],
    [
      { t: items() },
      { $set: { 't.$[x].v': 7 } },
      {
        t: [
          { k: 1, v: 0 },
          { k: 2, v: 7 },
          { k: 2, v: 7 },
        ],
      },
      { arrayFilters: [{ 'x.k': 2 }] },
    ],
    [{ _id: 1, a: 2 }, [{ $set: { b: { $multiply: ['$a', 10] } } }], { _id: 1, a: 2, b: 20 }],
    [{ _id: 1, a: 2 }, { b: 3 }, { _id: 1, b: 3 }],
  ])('of %p by %p gives %p', (before, update, after, options = {}) => {
    expect(apply(before, update, options)).toEqual({ doc: after, changed: true });
  });

  it.each<[Doc, unknown]>([
    [{ a: 1 }, { $set: { a: 1 } }],
    [{ a: 1 }, { $unset: { b: 1 } }],
    [{ a: 1 }, { $max: { a: 0 } }],
    [{ t: ['a'] }, { $addToSet: { t: 'a' } }],
    [{ t: [1] }, { $pull: { t: 5 } }],
    [{}, { $pop: { t: 1 } }],
    [{ _id: 1, a: 2 }, { a: 2 }],
  ])('of %p by %p changes nothing', (before, update) => {
    expect(apply(structuredClone(before), update)).toEqual({ doc: before, changed: false });
  });

  it('tells 1 from a Long 1 when it writes, though they are equal when it compares', () => {
    expect(apply({ a: 1 }, { $set: { a: Long.ONE } }).changed).toBe(true);
  });

  it.each<[Doc, unknown, string]>([
    [{ a: 'x' }, { $inc: { a: 1 } }, 'non-numeric type string'],
    [{}, { $inc: { a: 'x' } }, 'non-numeric argument'],
    [{ a: 1 }, { $push: { a: 1 } }, 'must be an array'],
    [{ a: 1 }, { $set: { 'a.b': 1 } }, "Cannot create field 'b'"],
    [{ a: [] }, { $set: { 'a.b': 1 } }, "Cannot create field 'b'"],
    [{}, { $set: { 'a.$': 1 } }, 'positional operator did not find'],
    [{ t: [] }, { $set: { 't.$[x]': 1 } }, "No array filter found for identifier 'x'"],
    [{}, { $set: { a: 1, 'a.b': 2 } }, "conflict at 'a'"],
    [{}, { $set: { a: 1 }, $inc: { a: 1 } }, "conflict at 'a'"],
    [{}, { $what: { a: 1 } }, 'Unknown modifier: $what'],
    [{ _id: 1 }, { _id: 2 }, 'immutable'],
  ])('of %p by %p is refused: %s', (doc, update, message) => {
    expect(() => apply(doc, update)).toThrow(message);
  });
});

describe('an upsert', () => {
  it.each<[filter: Doc, update: unknown, inserted: Doc]>([
    [
      { k: 'a', n: { $gt: 1 } },
      { $inc: { c: 1 }, $setOnInsert: { s: 'new' } },
      { k: 'a', c: 1, s: 'new' },
    ],
    [
      { $and: [{ a: 1 }, { 'b.c': { $eq: 2 } }], d: { $in: [3] } },
      { $set: { e: 4 } },
      { a: 1, b: { c: 2 }, d: 3, e: 4 },
    ],
    [{ a: /x/, $or: [{ b: 1 }] }, { $set: { c: 1 } }, { b: 1, c: 1 }],
    [{ _id: 7, a: 1 }, { b: 2 }, { _id: 7, b: 2 }],
    [{ a: 1 }, { b: 2 }, { b: 2 }],
  ])('for %p with %p inserts %p', (filter, update, inserted) => {
    expect(upsertDocument(filter, update, compileModifier(update, []))).toEqual(inserted);
  });
});
