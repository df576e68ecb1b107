import { compileFilter } from '../match/filter.ts';
import { isConditions } from '../match/operators.ts';
import { compare } from '../values/compare.ts';
import { type Doc, isRegex, rankOf } from '../values/types.ts';
import type { FieldPredicate, Predicates } from './predicates.ts';

/** Whether every match of the query is in a partial index, so that the index may serve the query. */
export function implies({ fields }: Pick<Predicates, 'fields'>, partialFilter: Doc): boolean {
  return Object.entries(partialFilter).every(([path, condition]) => {
    if (path === '$and') return (condition as Doc[]).every((branch) => implies({ fields }, branch));
    const field = fields.get(path);
    return field !== undefined && impliesCondition(field, condition);
  });
}

function impliesCondition(field: FieldPredicate, condition: unknown): boolean {
  if (field.oneOf) {
    const holds = compileFilter({ value: condition });
    return field.oneOf.every((value) => !isRegex(value) && holds({ value }));
  }
  const conditions = isConditions(condition) ? condition : { $eq: condition };
  return Object.entries(conditions).every(([name, operand]) => IMPLIED[name]?.(field, operand) ?? false);
}

const isAbove = ({ above }: FieldPredicate, value: unknown, orEqual: boolean) =>
  above !== undefined &&
  rankOf(above.value) === rankOf(value) &&
  compare(above.value, value) >= (orEqual || !above.inclusive ? 0 : 1);
const isBelow = ({ below }: FieldPredicate, value: unknown, orEqual: boolean) =>
  below !== undefined &&
  rankOf(below.value) === rankOf(value) &&
  compare(below.value, value) <= (orEqual || !below.inclusive ? 0 : -1);

const IMPLIED: Readonly<Record<string, (field: FieldPredicate, operand: unknown) => boolean>> = {
  $exists: (field, operand) =>
    operand === true &&
    (field.above !== undefined ||
      field.below !== undefined ||
      field.prefix !== undefined ||
      field.notNull === true ||
      field.exists === true),
  $type: (field, operand) => operand === 'string' && field.prefix !== undefined,
  $gt: (field, operand) => isAbove(field, operand, false),
  $gte: (field, operand) => isAbove(field, operand, true),
  $lt: (field, operand) => isBelow(field, operand, false),
  $lte: (field, operand) => isBelow(field, operand, true),
};
