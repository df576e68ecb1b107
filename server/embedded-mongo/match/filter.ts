import { badValue, unsupported } from '../errors.ts';
import { visitPath } from '../values/paths.ts';
import { type Doc, isArray, isObject } from '../values/types.ts';
import { matchesExpression } from '../aggregate/mingo.ts';
import { compileOperator, isConditions, type Nested, type PathTest } from './operators.ts';
import { equalsTest, type ValueTest } from './value-tests.ts';

export type Predicate = (doc: unknown) => boolean;

const everyOf = (tests: Predicate[]): Predicate => {
  if (tests.length === 1) return tests[0]!;
  return (doc) => {
    for (const test of tests) if (!test(doc)) return false;
    return true;
  };
};

function fieldTest(parts: readonly string[], test: ValueTest): Predicate {
  const [field] = parts;
  if (parts.length > 1 || field === undefined) return (doc) => visitPath(doc, parts, test);
  return (doc) => (isObject(doc) ? test(doc[field]) : visitPath(doc, parts, test));
}

function pathTest(parts: readonly string[], condition: PathTest): Predicate {
  if ('any' in condition) return fieldTest(parts, condition.any);
  if ('each' in condition) return everyOf(condition.each.map((test) => fieldTest(parts, test)));
  const excluded = fieldTest(parts, condition.none);
  return (doc) => !excluded(doc);
}

const nested: Nested = { filter: compileFilter, conditions: compileConditions };

/** All conditions of one path: `{$gte: 1, $lt: 5}`. */
function compileConditions(conditions: Doc, parts: readonly string[]): Predicate {
  const tests = Object.keys(conditions)
    .filter((name) => name !== '$options')
    .map((name): Predicate => {
      if (name !== '$not') return pathTest(parts, compileOperator(name, conditions, nested));
      const negated = compileField(parts, conditions.$not);
      return (doc) => !negated(doc);
    });
  return everyOf(tests);
}

const compileField = (parts: readonly string[], condition: unknown): Predicate =>
  isConditions(condition) ? compileConditions(condition, parts) : fieldTest(parts, equalsTest(condition));

function branches(operator: string, list: unknown): Predicate[] {
  if (!isArray(list) || !list.length || !list.every(isObject)) {
    throw badValue(`${operator} must be a nonempty array of objects`);
  }
  return list.map(compileFilter);
}

const LOGICAL: Readonly<Record<string, (operand: unknown) => Predicate>> = {
  $and: (operand) => everyOf(branches('$and', operand)),
  $or: (operand) => {
    const tests = branches('$or', operand);
    return (doc) => tests.some((test) => test(doc));
  },
  $nor: (operand) => {
    const tests = branches('$nor', operand);
    return (doc) => !tests.some((test) => test(doc));
  },
  $expr: (operand) => matchesExpression(operand),
  $comment: () => () => true,
};

const NOT_SUPPORTED = new Set(['$text', '$where', '$jsonSchema']);

/** Compiles a filter of find, update, delete or $match into a test of decoded documents. */
export function compileFilter(filter: Doc): Predicate {
  const tests = Object.entries(filter).map(([key, condition]): Predicate => {
    if (!key.startsWith('$')) return compileField(key.split('.'), condition);
    if (NOT_SUPPORTED.has(key)) throw unsupported(`the query operator ${key}`);
    const logical = LOGICAL[key];
    if (!logical) throw badValue(`unknown top level operator: ${key}`);
    return logical(condition);
  });
  return tests.length ? everyOf(tests) : () => true;
}
