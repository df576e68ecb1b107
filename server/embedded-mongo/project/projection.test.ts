import { describe, expect, it } from '@jest/globals';
import type { Doc } from '../values/types.ts';
import { compileProjection } from './projection.ts';

const doc: Doc = {
  _id: 1,
  a: 1,
  o: { x: 1, y: 2 },
  t: ['r', 'g', 'b'],
  e: [
    { k: 1, v: 'p' },
    { k: 2, v: 'q' },
  ],
};

describe('a projection', () => {
  it.each<[projection: Doc, selected: Doc, filter?: Doc]>([
    [{ a: 1 }, { _id: 1, a: 1 }],
    [{ a: 1, _id: 0 }, { a: 1 }],
    [{ _id: 1 }, { _id: 1 }],
    [{ 'o.x': 1, _id: 0 }, { o: { x: 1 } }],
    [{ o: { x: 1 }, _id: 0 }, { o: { x: 1 } }],
    [{ 'e.k': 1, _id: 0 }, { e: [{ k: 1 }, { k: 2 }] }],
    [
      { e: 0, t: 0, 'o.x': 0 },
      { _id: 1, a: 1, o: { y: 2 } },
    ],
    [
      { _id: 0, e: 0, t: 0 },
      { a: 1, o: { x: 1, y: 2 } },
    ],
    [
      { t: { $slice: 1 }, a: 1 },
      { _id: 1, a: 1, t: ['r'] },
    ],
    [
      { t: { $slice: -2 }, e: 0, o: 0, a: 0 },
      { _id: 1, t: ['g', 'b'] },
    ],
    [
      { t: { $slice: [-3, 1] }, a: 1 },
      { _id: 1, a: 1, t: ['r'] },
    ],
    [{ e: { $elemMatch: { k: 2 } }, _id: 0 }, { e: [{ k: 2, v: 'q' }] }],
    [{ e: { $elemMatch: { k: 9 } }, _id: 0 }, {}],
    [{ 'e.$': 1 }, { _id: 1, e: [{ k: 2, v: 'q' }] }, { 'e.k': 2 }],
    [{ twice: { $multiply: ['$a', 2] }, _id: 0 }, { twice: 2 }],
    [{ same: '$a', _id: 0 }, { same: 1 }],
  ])('%p gives %p', (projection, selected, filter = {}) => {
    expect(compileProjection(projection, filter)!(doc)).toEqual(selected);
  });

  it('is none when it is empty', () => {
    expect(compileProjection({}, {})).toBeNull();
  });
});
