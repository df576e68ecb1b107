import { badValue } from '../errors.ts';
import { toNumber } from '../values/numbers.ts';
import { bsonClass, isArray, isObject, isRegex, Rank, rankOf } from '../values/types.ts';

type TypeTest = (value: unknown) => boolean;

const isInt32 = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
const isBigInteger = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && !isInt32(value) && Number.isSafeInteger(value);
const hasRank = (rank: Rank) => (value: unknown) => value !== undefined && rankOf(value) === rank;

/** A JavaScript number does not say whether it was written as double, int or long: the driver's own choice is assumed. */
const TESTS: Readonly<Record<string, { code: number; test: TypeTest }>> = {
  double: { code: 1, test: (value) => typeof value === 'number' && !isInt32(value) && !isBigInteger(value) },
  string: { code: 2, test: (value) => typeof value === 'string' },
  object: { code: 3, test: isObject },
  array: { code: 4, test: isArray },
  binData: { code: 5, test: hasRank(Rank.binary) },
  objectId: { code: 7, test: hasRank(Rank.objectId) },
  bool: { code: 8, test: (value) => typeof value === 'boolean' },
  date: { code: 9, test: (value) => value instanceof Date },
  null: { code: 10, test: (value) => value === null },
  regex: { code: 11, test: isRegex },
  int: { code: 16, test: isInt32 },
  timestamp: { code: 17, test: hasRank(Rank.timestamp) },
  long: { code: 18, test: (value) => bsonClass(value) === 'Long' || isBigInteger(value) },
  decimal: { code: 19, test: (value) => bsonClass(value) === 'Decimal128' },
  number: { code: 1000, test: hasRank(Rank.number) },
  minKey: { code: -1, test: hasRank(Rank.minKey) },
  maxKey: { code: 127, test: hasRank(Rank.maxKey) },
};

const testOf = (type: unknown): TypeTest => {
  const entry =
    typeof type === 'string'
      ? TESTS[type]
      : Object.values(TESTS).find(({ code }) => code === toNumber(type) && code !== 1000);
  if (!entry) throw badValue(`Unknown type name alias: ${String(type)}`);
  return entry.test;
};

/** $type: true of the value itself or of one element of an array. */
export function typeTest(types: unknown): TypeTest {
  const tests = (isArray(types) ? types : [types]).map(testOf);
  return (value) => tests.some((test) => test(value) || (isArray(value) && test !== isArray && value.some(test)));
}
