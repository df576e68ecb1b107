import type { ObjectId } from 'bson';
import { badValue } from '../errors.ts';
import { compare, equal } from '../values/compare.ts';
import { valueKey } from '../values/key-encoding.ts';
import { bsonClass, isArray, isRegex, Rank, rankOf } from '../values/types.ts';
import { toRegExp } from './regex.ts';

/** Tells whether a value found at a path satisfies a condition; undefined is a missing field. */
export type ValueTest = (value: unknown) => boolean;

/** Most conditions hold for an array when they hold for it or for one of its elements. */
export const orElement =
  (test: ValueTest): ValueTest =>
  (value) =>
    test(value) || (isArray(value) && value.some(test));

export function equalsTest(wanted: unknown): ValueTest {
  if (wanted === null || wanted === undefined) return orElement((value) => value === null || value === undefined);
  if (isRegex(wanted)) return regexTest(toRegExp(wanted), wanted);
  if (typeof wanted === 'string' || typeof wanted === 'boolean') return orElement((value) => value === wanted);
  if (bsonClass(wanted) === 'ObjectId') {
    const { id } = wanted as ObjectId;
    return orElement((value) => bsonClass(value) === 'ObjectId' && Buffer.compare((value as ObjectId).id, id) === 0);
  }
  return orElement((value) => value !== undefined && equal(value, wanted));
}

/** A pattern matches texts, and the same pattern stored as a value. */
export const regexTest = (pattern: RegExp, original: unknown = pattern): ValueTest =>
  orElement((value) =>
    typeof value === 'string' ? pattern.test(value) : isRegex(value) && String(value) === String(original),
  );

const ORDER_TESTS = {
  $gt: (order: number) => order > 0,
  $gte: (order: number) => order >= 0,
  $lt: (order: number) => order < 0,
  $lte: (order: number) => order <= 0,
};
export type OrderOperator = keyof typeof ORDER_TESTS;

/** Ordered comparison is between values of one type only; NaN equals NaN and is neither above nor below anything. */
export function orderTest(operator: OrderOperator, bound: unknown): ValueTest {
  const rank = rankOf(bound);
  const inclusive = operator === '$gte' || operator === '$lte';
  const accepts = ORDER_TESTS[operator];
  if (rank === Rank.null) return inclusive ? equalsTest(null) : () => false;
  return orElement((value) => {
    if (value === undefined || value === null) return false;
    if (rankOf(value) !== rank) {
      return (rank === Rank.minKey || rank === Rank.maxKey) && accepts(compare(value, bound));
    }
    if (Number.isNaN(value) || Number.isNaN(bound)) return inclusive && Number.isNaN(value) && Number.isNaN(bound);
    return accepts(compare(value, bound));
  });
}

/** Long lists are looked up in a set of encoded values. */
const SHORT_LIST = 3;

export function inTest(list: unknown): ValueTest {
  if (!isArray(list)) throw badValue('$in needs an array');
  if (list.length <= SHORT_LIST) return anyOf(list.map(equalsTest));
  const isSpecial = (value: unknown) => value === null || value === undefined || isRegex(value);
  const tests = list.filter(isSpecial).map(equalsTest);
  const keys = new Set(list.filter((value) => !isSpecial(value)).map(valueKey));
  return anyOf([...tests, orElement((value) => value !== undefined && keys.has(valueKey(value)))]);
}

const anyOf =
  (tests: ValueTest[]): ValueTest =>
  (value) =>
    tests.some((test) => test(value));
