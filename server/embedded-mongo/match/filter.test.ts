import { describe, expect, it } from '@jest/globals';
import { Decimal128, Long, ObjectId } from 'bson';
import type { Doc } from '../values/types.ts';
import { compileFilter } from './filter.ts';

const id = new ObjectId('0123456789abcdef01234567');
const items = [
  { k: 1, v: 'p' },
  { k: 2, v: 'q' },
];

describe('a filter', () => {
  it.each<[filter: Doc, doc: Doc, matches: boolean]>([
    [{}, { a: 1 }, true],
    [{ a: 1 }, { a: 1 }, true],
    [{ a: 1 }, { a: Long.ONE }, true],
    [{ a: 1 }, { a: [3, 1] }, true],
    [{ a: [3, 1] }, { a: [3, 1] }, true],
    [{ a: [3, 1] }, { a: [1, 3] }, false],
    [{ a: null }, {}, true],
    [{ a: null }, { a: 0 }, false],
    [{ a: id }, { a: new ObjectId(id.toHexString()) }, true],
    [{ a: { b: 1 } }, { a: { b: 1 } }, true],
    [{ a: { b: 1 } }, { a: { b: 1, c: 2 } }, false],
    [{ 'a.b': 1 }, { a: { b: 1, c: 2 } }, true],
    [{ 'a.k': 2 }, { a: items }, true],
    [{ 'a.1.v': 'q' }, { a: items }, true],
    [{ 'a.1.v': 'p' }, { a: items }, false],
    [{ a: /^x/i }, { a: 'Xyz' }, true],
    [{ a: /^x/i }, { a: ['b', 'xa'] }, true],
    [{ a: /^x/ }, { a: 5 }, false],
    [{ a: { $regex: '^x', $options: 'i' } }, { a: 'Xyz' }, true],
    [{ a: { $gt: 1 } }, { a: 2 }, true],
    [{ a: { $gt: 1 } }, { a: '2' }, false],
    [{ a: { $gt: 1 } }, {}, false],
    [{ a: { $gte: null } }, {}, true],
    [{ a: { $gt: 4, $lt: 7 } }, { a: [1, 10] }, true],
    [{ a: { $elemMatch: { $gt: 4, $lt: 7 } } }, { a: [1, 10] }, false],
    [{ a: { $gt: Decimal128.fromString('0.29') } }, { a: Decimal128.fromString('0.3') }, true],
    [{ a: { $lt: NaN } }, { a: 1 }, false],
    [{ a: { $ne: 1 } }, {}, true],
    [{ a: { $ne: 1 } }, { a: [2, 1] }, false],
    [{ a: { $in: [] } }, { a: 1 }, false],
    [{ a: { $in: [1, null] } }, {}, true],
    [{ a: { $in: [1, 2, 3, 4, /x/] } }, { a: 'xx' }, true],
    [{ a: { $in: [1, 2, 3, 4] } }, { a: [9, 4] }, true],
    [{ a: { $nin: [1, 2] } }, { a: 3 }, true],
    [{ a: { $exists: true } }, { a: null }, true],
    [{ a: { $exists: false } }, {}, true],
    [{ a: { $type: 'string' } }, { a: ['x'] }, true],
    [{ a: { $type: 'array' } }, { a: [1] }, true],
    [{ a: { $type: ['int', 'date'] } }, { a: 2 ** 31 }, false],
    [{ a: { $size: 2 } }, { a: items }, true],
    [{ a: { $all: ['r', 'g'] } }, { a: ['g', 'b', 'r'] }, true],
    [{ a: { $all: [{ $elemMatch: { k: 1 } }, { $elemMatch: { v: 'q' } }] } }, { a: items }, true],
    [{ a: { $all: [] } }, { a: [] }, false],
    [{ a: { $elemMatch: { k: 2, v: 'p' } } }, { a: items }, false],
    [{ a: { $elemMatch: { $or: [{ k: 9 }, { v: 'q' }] } } }, { a: items }, true],
    [{ a: { $mod: [4, 1] } }, { a: 9 }, true],
    [{ a: { $not: { $gt: 1 } } }, {}, true],
    [{ a: { $not: /x/ } }, { a: 'x' }, false],
    [{ $or: [{ a: 1 }, { b: 1 }] }, { b: 1 }, true],
    [{ $nor: [{ a: 1 }, { b: 1 }] }, { b: 1 }, false],
    [{ $and: [{ a: 1 }, { b: 1 }] }, { b: 1 }, false],
    [{ $expr: { $gt: ['$a', '$b'] } }, { a: 2, b: 1 }, true],
  ])('%p on %p gives %p', (filter, doc, matches) => {
    expect(compileFilter(filter)(doc)).toBe(matches);
  });

  it.each<[Doc, string]>([
    [{ $text: { $search: 'x' } }, '$text is not supported'],
    [{ $where: 'true' }, '$where is not supported'],
    [{ a: { $near: [0, 0] } }, '$near is not supported'],
    [{ a: { $unknown: 1 } }, 'unknown operator: $unknown'],
    [{ $unknown: 1 }, 'unknown top level operator: $unknown'],
    [{ $or: [] }, '$or must be a nonempty array'],
    [{ a: { $in: 5 } }, '$in needs an array'],
    [{ a: { $type: 'what' } }, 'Unknown type name alias: what'],
  ])('%p is refused by name', (filter, message) => {
    expect(() => compileFilter(filter)).toThrow(message);
  });
});
