import { badValue } from '../errors.ts';
import { compileFilter } from '../match/filter.ts';
import { isConditions } from '../match/operators.ts';
import { compare, equal } from '../values/compare.ts';
import { toNumber } from '../values/numbers.ts';
import { valueAt } from '../values/paths.ts';
import { clone, type Doc, isArray, isObject, typeName } from '../values/types.ts';
import { readAt, writeAt } from './target.ts';

function arrayAt(doc: Doc, path: string, operator: string): unknown[] | undefined {
  const current = readAt(doc, path);
  if (current === undefined || isArray(current)) return current;
  if (operator === '$push') {
    throw badValue(`The field '${path}' must be an array but is of type ${typeName(current)} in document`);
  }
  throw badValue(`Cannot apply ${operator} to a non-array field of type ${typeName(current)}`);
}

interface PushOptions {
  items: unknown[];
  position?: unknown;
  sort?: unknown;
  slice?: unknown;
}

function pushOptions(operand: unknown, operator: string): PushOptions {
  if (!isObject(operand) || operand.$each === undefined) return { items: [operand] };
  if (!isArray(operand.$each)) throw badValue(`The argument to $each in ${operator} must be an array`);
  return { items: operand.$each, position: operand.$position, sort: operand.$sort, slice: operand.$slice };
}

/** $sort of $push: 1 or -1 for the elements themselves, or a sort document for subdocuments. */
function elementOrder(sort: unknown): (a: unknown, b: unknown) => number {
  if (!isObject(sort)) return (a, b) => Math.sign(toNumber(sort)) * compare(a, b);
  const keys = Object.entries(sort).map(([path, direction]) => ({
    parts: path.split('.'),
    direction: Math.sign(toNumber(direction)),
  }));
  return (a, b) => {
    for (const { parts, direction } of keys) {
      const order = compare(valueAt(a, parts), valueAt(b, parts));
      if (order) return order * direction;
    }
    return 0;
  };
}

function slice(elements: unknown[], size: number): unknown[] {
  if (size === 0) return [];
  return size > 0 ? elements.slice(0, size) : elements.slice(size);
}

function push(doc: Doc, path: string, operand: unknown): boolean {
  const { items, position, sort, slice: size } = pushOptions(operand, '$push');
  let next = [...(arrayAt(doc, path, '$push') ?? [])];
  const at = position === undefined ? next.length : toNumber(position);
  next.splice(at < 0 ? Math.max(0, next.length + at) : at, 0, ...items.map(clone));
  if (sort !== undefined) next.sort(elementOrder(sort));
  if (size !== undefined) next = slice(next, toNumber(size));
  return writeAt(doc, path, next);
}

function addToSet(doc: Doc, path: string, operand: unknown): boolean {
  const current = arrayAt(doc, path, '$addToSet');
  const next = [...(current ?? [])];
  for (const item of pushOptions(operand, '$addToSet').items) {
    if (!next.some((element) => equal(element, item))) next.push(clone(item));
  }
  return (current === undefined || next.length !== current.length) && writeAt(doc, path, next);
}

function removeWhere(doc: Doc, path: string, operator: string, goes: (element: unknown) => boolean): boolean {
  const current = arrayAt(doc, path, operator);
  if (!current) return false;
  const next = current.filter((element) => !goes(element));
  return next.length !== current.length && writeAt(doc, path, next);
}

/** $pull takes conditions (`{$gte: 2}`), a filter of subdocuments (`{k: 1}`), a pattern or a value. */
function pullTest(operand: unknown): (element: unknown) => boolean {
  if (isObject(operand) && !isConditions(operand)) {
    const matches = compileFilter(operand);
    return (element) => isObject(element) && matches(element);
  }
  const matches = compileFilter({ element: operand });
  return (element) => matches({ element });
}

function pop(doc: Doc, path: string, operand: unknown): boolean {
  const current = arrayAt(doc, path, '$pop');
  if (!current?.length) return false;
  return writeAt(doc, path, toNumber(operand) < 0 ? current.slice(1) : current.slice(0, -1));
}

export const ARRAY_OPERATORS = {
  $push: push,
  $addToSet: addToSet,
  $pull: (doc: Doc, path: string, operand: unknown) => removeWhere(doc, path, '$pull', pullTest(operand)),
  $pullAll: (doc: Doc, path: string, operand: unknown) =>
    removeWhere(doc, path, '$pullAll', (element) => (operand as unknown[]).some((value) => equal(element, value))),
  $pop: pop,
};
