import { toRegExp } from '../match/regex.ts';
import { isConditions } from '../match/operators.ts';
import { type Doc, isArray, isObject, isRegex } from '../values/types.ts';

export interface Bound {
  value: unknown;
  inclusive: boolean;
}

/** What a filter says about one path, as far as an index can use it. */
export interface FieldPredicate {
  /** The value is one of these; one for an equality. */
  oneOf?: unknown[];
  isEquality?: boolean;
  above?: Bound;
  below?: Bound;
  /** An anchored pattern: the value is a text that begins so. */
  prefix?: string;
  exists?: true;
  notNull?: true;
  /** `oneOf` says all that the filter says about the path. */
  exact: boolean;
}

/** The conditions that hold of every match, by path. */
export interface Predicates {
  fields: Map<string, FieldPredicate>;
  /** The fields say all that the filter says. */
  exact: boolean;
}

export function collectPredicates(filter: Doc): Predicates {
  const predicates: Predicates = { fields: new Map(), exact: true };
  addFilter(predicates, filter);
  return predicates;
}

function addFilter(predicates: Predicates, filter: Doc): void {
  for (const [key, condition] of Object.entries(filter)) {
    if (key === '$and' && isArray(condition)) condition.forEach((branch) => addFilter(predicates, branch as Doc));
    else if (key === '$comment') continue;
    else if (key.startsWith('$')) predicates.exact = false;
    else addCondition(predicates, key, condition);
  }
}

function fieldAt(predicates: Predicates, path: string): FieldPredicate {
  let field = predicates.fields.get(path);
  if (!field) predicates.fields.set(path, (field = { exact: true }));
  return field;
}

function inexactField(predicates: Predicates, path: string): FieldPredicate {
  const field = fieldAt(predicates, path);
  field.exact = false;
  return field;
}

function addCondition(predicates: Predicates, path: string, condition: unknown): void {
  if (isConditions(condition)) {
    for (const [name, operand] of Object.entries(condition)) {
      const add = OPERATORS[name];
      if (add) add(predicates, path, operand, condition);
      else predicates.exact = false;
    }
  } else if (isRegex(condition)) {
    addPrefix(inexactField(predicates, path), toRegExp(condition));
  } else if (isArray(condition)) {
    predicates.exact = false;
  } else {
    addEquality(fieldAt(predicates, path), condition);
  }
}

/** A path may be named twice through $and; an equality narrows more than a list. */
function addEquality(field: FieldPredicate, value: unknown): void {
  if (field.oneOf) field.exact = false;
  if (field.isEquality) return;
  field.oneOf = [value];
  field.isEquality = true;
}

type AddOperator = (predicates: Predicates, path: string, operand: unknown, conditions: Doc) => void;

const addBound =
  (side: 'above' | 'below', inclusive: boolean): AddOperator =>
  (predicates, path, value) => {
    inexactField(predicates, path)[side] ??= { value, inclusive };
  };

const OPERATORS: Readonly<Record<string, AddOperator>> = {
  $eq: (predicates, path, operand) => {
    if (isRegex(operand) || isArray(operand)) predicates.exact = false;
    else addEquality(fieldAt(predicates, path), operand);
  },
  $in: (predicates, path, operand) => {
    const field = fieldAt(predicates, path);
    if (field.oneOf) field.exact = false;
    else field.oneOf = operand as unknown[];
  },
  $gt: addBound('above', false),
  $gte: addBound('above', true),
  $lt: addBound('below', false),
  $lte: addBound('below', true),
  $ne: (predicates, path, operand) => {
    const field = inexactField(predicates, path);
    if (operand === null) field.notNull = true;
  },
  $exists: (predicates, path, operand) => {
    const field = inexactField(predicates, path);
    if (operand) field.exists = true;
  },
  $regex: (predicates, path, operand, conditions) =>
    addPrefix(inexactField(predicates, path), toRegExp(operand, conditions.$options as string | undefined)),
  $options: () => undefined,
  $elemMatch: (predicates, path, operand) => {
    predicates.exact = false;
    if (!isObject(operand) || isConditions(operand)) return;
    for (const [key, condition] of Object.entries(operand)) {
      if (!key.startsWith('$')) addCondition(predicates, `${path}.${key}`, condition);
    }
  },
  $all: (predicates, path, operand) => {
    predicates.exact = false;
    if (isArray(operand) && operand.length && !isObject(operand[0])) addCondition(predicates, path, operand[0]);
  },
};

/** The literal beginning of `^abc…`, the longest where there are several; none where alternatives or an optional last character make it unsure. */
function addPrefix(field: FieldPredicate, pattern: RegExp): void {
  if (/[im]/.test(pattern.flags) || pattern.source.includes('|')) return;
  const literal = /^\^([A-Za-z0-9 _:@-]+)/.exec(pattern.source);
  if (!literal) return;
  const next = pattern.source[literal[0].length] ?? '';
  const prefix = '*?{+'.includes(next) && next ? literal[1]!.slice(0, -1) : literal[1]!;
  if (prefix.length > (field.prefix?.length ?? 0)) field.prefix = prefix;
}
