import { describe, expect, it } from '@jest/globals';
import { Binary, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { compare, equal } from './compare.ts';
import { encodeId, encodeKey, encodeValue, componentLimit, valueKey } from './key-encoding.ts';

/** Ascending; the values of one line are equal. https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/ */
const ORDER: unknown[][] = [
  [new MinKey()],
  [null, undefined],
  [NaN],
  [-Infinity],
  [-1e300],
  [-2, Long.fromNumber(-2)],
  [-0.5],
  [0, -0, Long.ZERO, Decimal128.fromString('0')],
  [Number.MIN_VALUE],
  [0.25, Decimal128.fromString('0.25')],
  [1, Long.ONE, Decimal128.fromString('1.00')],
  [2 ** 31],
  [Infinity],
  [''],
  ['\u0000'],
  ['\u0001'],
  ['A'],
  ['a'],
  ['a\u0000'],
  ['ab'],
  ['é'],
  ['\uffee'],
  ['😀'],
  [{}],
  [{ a: 1 }],
  [{ a: 1, b: 0 }],
  [{ a: 2 }],
  [{ b: 0 }],
  [{ a: 'x' }],
  [[]],
  [[1]],
  [[1, 2]],
  [[2]],
  [['a']],
  [new Binary(Buffer.from([9]))],
  [new Binary(Buffer.from([1, 2]))],
  [new Binary(Buffer.from([1, 2]), 4)],
  [new ObjectId('000000000000000000000001')],
  [new ObjectId('ff0000000000000000000000')],
  [false],
  [true],
  [new Date(-5)],
  [new Date(0)],
  [new Date(1e12)],
  [new Timestamp({ t: 1, i: 2 })],
  [new Timestamp({ t: 2, i: 1 })],
  [/a/],
  [/b/],
  [new MaxKey()],
];

const pairs = ORDER.flatMap((left, i) => ORDER.map((right, j) => [left[0], right[0], Math.sign(i - j)] as const));

describe('the order of values', () => {
  it('is that of MongoDB for every pair of the table', () => {
    for (const [a, b, sign] of pairs) expect([a, b, Math.sign(compare(a, b))]).toEqual([a, b, sign]);
  });

  it.each(ORDER.filter((line) => line.length > 1))('takes the values of one line as equal: %p, %p', (...line) => {
    for (const other of line) expect(equal(line[0], other)).toBe(true);
  });
});

const prefix = Buffer.from([0, 0, 0, 1]);

/** An empty array is an index component of its own: below null, as in MongoDB. */
const indexable = pairs.filter(([a, b]) => ![a, b].some((value) => Array.isArray(value) && !value.length));

describe('the key encoding', () => {
  it('keeps the order', () => {
    for (const [a, b, sign] of pairs) {
      expect([a, b, Math.sign(Buffer.compare(encodeValue(a), encodeValue(b)))]).toEqual([a, b, sign]);
    }
  });

  it('turns the order over for a descending component, whatever follows it', () => {
    for (const [a, b, sign] of indexable) {
      const [x, y] = [a, b].map((value) => encodeKey(prefix, [value, 'z'], [-1, 1])) as [Buffer, Buffer];
      expect([a, b, Math.sign(Buffer.compare(x, y)) + sign]).toEqual([a, b, 0]);
    }
  });

  it.each(ORDER.filter((line) => line.length > 1))('is the same for equal values: %p, %p', (...line) => {
    for (const other of line) expect(valueKey(other)).toBe(valueKey(line[0]));
  });

  it('has no component that is the beginning of another one', () => {
    for (const [a, b, sign] of pairs) {
      const [x, y] = [encodeValue(a), encodeValue(b)];
      if (sign !== 0) expect([a, b, y.subarray(0, x.length).equals(x)]).toEqual([a, b, false]);
    }
  });

  it('cuts a long component to its limit and still tells it from others with the same beginning', () => {
    const long = 'x'.repeat(5000);
    const keys = [`${long}a`, `${long}b`, `${long}b`].map((value) => encodeKey(prefix, [value, 1], [1, 1]));
    expect(keys[0]!.equals(keys[1]!)).toBe(false);
    expect(keys[1]!.equals(keys[2]!)).toBe(true);
    expect(keys[0]!.length).toBe(4 + componentLimit(2) + 9);
    expect(encodeId(long).length).toBeLessThan(500);
  });
});
