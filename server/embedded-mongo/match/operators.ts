import { badValue, unsupported } from '../errors.ts';
import { toNumber } from '../values/numbers.ts';
import { type Doc, isArray, isObject, Rank, rankOf } from '../values/types.ts';
import { toRegExp } from './regex.ts';
import { typeTest } from './type-test.ts';
import { equalsTest, inTest, orderTest, orElement, regexTest, type ValueTest } from './value-tests.ts';

/** How the values that a path reaches decide: one must pass, none may, or each test needs one that passes. */
export type PathTest = { any: ValueTest } | { none: ValueTest } | { each: ValueTest[] };

/** The compiler itself, passed in, for the operators that hold filters. */
export interface Nested {
  filter(filter: Doc): (doc: unknown) => boolean;
  conditions(conditions: Doc, parts: readonly string[]): (doc: unknown) => boolean;
}

type Operator = (operand: unknown, conditions: Doc, nested: Nested) => PathTest;

export const isConditions = (value: unknown): value is Doc => {
  if (!isObject(value)) return false;
  for (const key in value) return key.startsWith('$');
  return false;
};

const isFilterOperator = (key: string | undefined) => key === '$and' || key === '$or' || key === '$nor';

function elementMatches(operand: unknown, nested: Nested): ValueTest {
  if (!isObject(operand)) throw badValue('$elemMatch needs an Object');
  if (isConditions(operand) && !isFilterOperator(Object.keys(operand)[0])) {
    const test = nested.conditions(operand, ['element']);
    return (value) => isArray(value) && value.some((element) => test({ element }));
  }
  const test = nested.filter(operand);
  return (value) => isArray(value) && value.some((element) => (isObject(element) || isArray(element)) && test(element));
}

const isTruthy = (operand: unknown) => !(operand === false || operand === 0 || operand === null);

const bitTest =
  (accepts: (bits: number, mask: number) => boolean): Operator =>
  (operand) => {
    const mask = toNumber(operand);
    return { any: orElement((value) => typeof value === 'number' && accepts(value & mask, mask)) };
  };

const OPERATORS: Readonly<Record<string, Operator>> = {
  $eq: (operand) => ({ any: equalsTest(operand) }),
  $ne: (operand) => ({ none: equalsTest(operand) }),
  $in: (operand) => ({ any: inTest(operand) }),
  $nin: (operand) => ({ none: inTest(operand) }),
  $gt: (operand) => ({ any: orderTest('$gt', operand) }),
  $gte: (operand) => ({ any: orderTest('$gte', operand) }),
  $lt: (operand) => ({ any: orderTest('$lt', operand) }),
  $lte: (operand) => ({ any: orderTest('$lte', operand) }),
  $exists: (operand) => {
    const exists: ValueTest = (value) => value !== undefined;
    return isTruthy(operand) ? { any: exists } : { none: exists };
  },
  $type: (operand) => ({ any: typeTest(operand) }),
  $size: (operand) => {
    const size = toNumber(operand);
    return { any: (value) => isArray(value) && value.length === size };
  },
  $all: (operand, _conditions, nested) => {
    if (!isArray(operand)) throw badValue('$all needs an array');
    if (!operand.length) return { any: () => false };
    return {
      each: operand.map((element) =>
        isConditions(element) && element.$elemMatch !== undefined
          ? elementMatches(element.$elemMatch, nested)
          : equalsTest(element),
      ),
    };
  },
  $elemMatch: (operand, _conditions, nested) => ({ any: elementMatches(operand, nested) }),
  $mod: (operand) => {
    if (!isArray(operand) || operand.length !== 2) throw badValue('malformed mod, needs an array of two numbers');
    const [divisor, remainder] = operand.map((value) => Math.trunc(toNumber(value))) as [number, number];
    if (divisor === 0) throw badValue('divisor cannot be 0');
    return {
      any: orElement((value) => rankOf(value) === Rank.number && Math.trunc(toNumber(value)) % divisor === remainder),
    };
  },
  $regex: (operand, conditions) => ({
    any: regexTest(toRegExp(operand, conditions.$options as string | undefined)),
  }),
  $bitsAllSet: bitTest((bits, mask) => bits === mask),
  $bitsAnySet: bitTest((bits) => bits !== 0),
};

const NOT_SUPPORTED = new Set([
  '$near',
  '$nearSphere',
  '$geoWithin',
  '$geoIntersects',
  '$bitsAllClear',
  '$bitsAnyClear',
  '$jsonSchema',
]);

export function compileOperator(name: string, conditions: Doc, nested: Nested): PathTest {
  if (NOT_SUPPORTED.has(name)) throw unsupported(`the query operator ${name}`);
  const operator = OPERATORS[name];
  if (!operator) throw badValue(`unknown operator: ${name}`);
  return operator(conditions[name], conditions, nested);
}
