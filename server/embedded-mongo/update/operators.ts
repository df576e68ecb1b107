import { Timestamp } from 'bson';
import { CommandError, typeMismatch } from '../errors.ts';
import { compare } from '../values/compare.ts';
import { type Arithmetic, calculate, toNumber, zeroLike } from '../values/numbers.ts';
import { clone, type Doc, isObject, Rank, rankOf, typeName } from '../values/types.ts';
import { ARRAY_OPERATORS } from './array-operators.ts';
import { readAt, removeAt, writeAt } from './target.ts';

/** Applies one operator at one concrete path; true when the document changed. */
export type UpdateOperator = (doc: Doc, path: string, operand: unknown) => boolean;

const set: UpdateOperator = (doc, path, value) => writeAt(doc, path, clone(value));

const arithmetic =
  (operator: '$inc' | '$mul', operation: Arithmetic): UpdateOperator =>
  (doc, path, operand) => {
    if (rankOf(operand) !== Rank.number) {
      const verb = operator === '$inc' ? 'increment' : 'multiply';
      throw typeMismatch(`Cannot ${verb} with non-numeric argument: {${path}: ${JSON.stringify(operand)}}`);
    }
    const current = readAt(doc, path);
    if (current === undefined) return writeAt(doc, path, operator === '$inc' ? operand : zeroLike(operand));
    if (rankOf(current) !== Rank.number) {
      throw typeMismatch(
        `Cannot apply ${operator} to a value of non-numeric type. ` +
          `{_id: ...} has the field '${path}' of non-numeric type ${typeName(current)}`,
      );
    }
    return writeAt(doc, path, calculate(operation, current, operand));
  };

const keepWhen =
  (replaces: (order: number) => boolean): UpdateOperator =>
  (doc, path, operand) => {
    const current = readAt(doc, path);
    return (current === undefined || replaces(compare(operand, current))) && set(doc, path, operand);
  };

const BITWISE: Readonly<Record<string, (a: number, b: number) => number>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

const bit: UpdateOperator = (doc, path, operand) => {
  let bits = toNumber(readAt(doc, path) ?? 0);
  for (const [name, mask] of Object.entries(operand as Doc)) {
    const apply = BITWISE[name];
    if (!apply) throw new CommandError(2, 'BadValue', `The $bit modifier only supports 'and', 'or', and 'xor'`);
    bits = apply(bits, toNumber(mask));
  }
  return writeAt(doc, path, bits);
};

const currentDate: UpdateOperator = (doc, path, operand) => {
  const asTimestamp = isObject(operand) && operand.$type === 'timestamp';
  const now = new Date();
  return writeAt(doc, path, asTimestamp ? new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }) : now);
};

const rename: UpdateOperator = (doc, path, to) => {
  const value = readAt(doc, path);
  if (value === undefined) return false;
  removeAt(doc, path);
  writeAt(doc, String(to), value);
  return true;
};

export const OPERATORS: Readonly<Record<string, UpdateOperator>> = {
  $set: set,
  $setOnInsert: set,
  $unset: removeAt,
  $inc: arithmetic('$inc', 'add'),
  $mul: arithmetic('$mul', 'multiply'),
  $min: keepWhen((order) => order < 0),
  $max: keepWhen((order) => order > 0),
  $currentDate: currentDate,
  $rename: rename,
  $bit: bit,
  ...ARRAY_OPERATORS,
};
