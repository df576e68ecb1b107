import { encodeKey } from '../values/key-encoding.ts';
import { bsonClass, isArray, isObject, isRegex } from '../values/types.ts';
import type { SecondaryIndex } from '../storage/secondary-index.ts';
import { componentRange, joinRange, type KeyRange, successor } from './bounds.ts';
import { implies } from './implies.ts';
import type { IndexPlan, Sort } from './plan.ts';
import type { FieldPredicate, Predicates } from './predicates.ts';

const MAX_COMBINATIONS = 1000;

/** The leading components that the filter fixes, and every combination of their values. */
interface Equalities {
  count: number;
  combinations: unknown[][];
  exact: boolean;
}

const canBeLookedUp = (value: unknown) => !isRegex(value) && !isArray(value) && !isObject(value);

function leadingEqualities(index: SecondaryIndex, { fields }: Predicates): Equalities {
  const equalities: Equalities = { count: 0, combinations: [[]], exact: true };
  for (const path of index.paths) {
    const field = fields.get(path);
    const values = field?.oneOf;
    if (!field || !values || !values.every(canBeLookedUp)) break;
    if (equalities.combinations.length * values.length > MAX_COMBINATIONS) break;
    equalities.combinations = equalities.combinations.flatMap((start) => values.map((value) => [...start, value]));
    equalities.count++;
    equalities.exact &&= field.exact;
  }
  return equalities;
}

/** Null when the index does not give the order; else whether it has to be read backwards. */
function sortDirection(index: SecondaryIndex, equalities: Equalities, sort: Sort): { reverse: boolean } | null {
  if (!sort.length) return { reverse: false };
  if (index.spec.multikey || equalities.combinations.length !== 1) return null;
  const fixed = new Set(index.paths.slice(0, equalities.count));
  const order: (readonly [string, number])[] = index.paths.map((path, i) => [path, index.directions[i]!]);
  const rest = order.slice(equalities.count);
  // The entries of an index that is not unique end in the document's id.
  if (!index.spec.unique) rest.push(['_id', 1]);
  let reverse: boolean | undefined;
  let next = 0;
  for (const [path, direction] of sort) {
    if (fixed.has(path)) continue;
    const component = rest[next++];
    if (component?.[0] !== path) return null;
    const backwards = component[1] !== direction;
    if (reverse !== undefined && reverse !== backwards) return null;
    reverse = backwards;
  }
  return { reverse: reverse ?? false };
}

/** A sparse index lacks the documents without any of its fields. */
function canUseSparse(index: SecondaryIndex, { fields }: Predicates): boolean {
  const requiresValue = ({ oneOf, above, below, prefix, notNull }: FieldPredicate) =>
    oneOf?.every((value) => value !== null && value !== undefined) ||
    [above, below].some((bound) => bound !== undefined && bound.value !== null) ||
    prefix !== undefined ||
    notNull === true;
  return index.paths.some((path) => {
    const field = fields.get(path);
    return field !== undefined && requiresValue(field);
  });
}

/** Values whose index entry is exactly theirs: null also stands for missing, and some numbers share a double. */
const hasOwnEntry = (value: unknown) =>
  value !== null &&
  value !== undefined &&
  (typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isInteger(value)) &&
  bsonClass(value) !== 'Decimal128' &&
  bsonClass(value) !== 'Long';

function keyRanges(index: SecondaryIndex, combinations: unknown[][], range: KeyRange | null): KeyRange[] {
  const prefixes = combinations.map((values) => encodeKey(index.prefix, values, index.directions));
  prefixes.sort(Buffer.compare);
  return prefixes
    .filter((prefix, i) => i === 0 || !prefix.equals(prefixes[i - 1]!))
    .map((prefix) => (range ? joinRange(prefix, range) : { start: prefix, end: successor(prefix) }));
}

export interface ScoredPlan {
  plan: IndexPlan;
  score: number;
  /** Less than the whole index is read. */
  bounded: boolean;
}

/** The best use of one index for a query; null when it has none. */
export function planIndex(index: SecondaryIndex, predicates: Predicates, sort: Sort): ScoredPlan | null {
  const { partialFilterExpression: partialFilter, sparse, unique, multikey = false } = index.spec;
  if (partialFilter && !implies(predicates, partialFilter)) return null;
  if (sparse && !canUseSparse(index, predicates)) return null;
  const equalities = leadingEqualities(index, predicates);
  const { count, combinations } = equalities;
  const next = predicates.fields.get(index.paths[count] ?? '');
  const range =
    next && !next.isEquality ? componentRange(next, index.directions[count]!, index.componentLimit, multikey) : null;
  const order = sortDirection(index, equalities, sort);
  const bounded = count > 0 || range !== null;
  const givesOrder = order !== null && sort.length > 0;
  if (!bounded && !givesOrder) return null;
  const exact =
    predicates.exact &&
    equalities.exact &&
    predicates.fields.size === count &&
    !partialFilter &&
    combinations.every((values) => values.every(hasOwnEntry));
  const score =
    count * 10 +
    (range ? (range.closed ? 6 : 5) : 0) +
    (givesOrder ? 4 : 0) +
    (unique && count === index.paths.length ? 20 : 0) -
    index.paths.length * 0.1;
  const ranges = keyRanges(index, combinations, range);
  return {
    plan: { kind: 'index', index, ranges, reverse: order?.reverse ?? false, sorted: order !== null, exact, multikey },
    score,
    bounded,
  };
}
