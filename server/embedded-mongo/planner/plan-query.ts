import { encodeId, MAX_ID_BYTES } from '../values/key-encoding.ts';
import type { SecondaryIndex } from '../storage/secondary-index.ts';
import { badValue } from '../errors.ts';
import { type Doc, isArray, isObject, isRegex } from '../values/types.ts';
import { componentRange, joinRange, successor } from './bounds.ts';
import { planIndex, type ScoredPlan } from './index-plan.ts';
import type { IdPlan, Plan, ScanPlan, Sort } from './plan.ts';
import { collectPredicates, type Predicates } from './predicates.ts';

export interface PlanSource {
  /** The first bytes of all documents of the collection. */
  prefix: Buffer;
  indexes: readonly SecondaryIndex[];
}

export interface PlanRequest {
  filter: Doc;
  sort?: Sort;
  /** The name or the key of the index to use. */
  hint?: unknown;
}

const MAX_UNION = 32;
/** An index plan below this score fixes no component: a union of an $or's branches reads less. */
const EQUALITY_SCORE = 9;

export function planQuery(source: PlanSource, { filter, sort = [], hint }: PlanRequest): Plan {
  const predicates = collectPredicates(filter);
  const indexes = hinted(source.indexes, hint);
  const byId = hint === undefined || !indexes.length ? planById(predicates, sort) : null;
  if (byId) return byId;
  const best = bestIndexPlan(indexes, predicates, sort);
  if ((!best || best.score < EQUALITY_SCORE) && isArray(filter.$or) && hint === undefined) {
    const union = planUnion(source, filter.$or as Doc[], sort);
    if (union) return union;
  }
  return best?.plan ?? planScan(source, predicates, sort);
}

const isNatural = (hint: unknown) =>
  isObject(hint) && ('$natural' in hint || (Object.keys(hint).length === 1 && '_id' in hint));

/** None for a hint at the documents' own order. */
function hinted(indexes: readonly SecondaryIndex[], hint: unknown): readonly SecondaryIndex[] {
  if (hint === undefined) return indexes;
  if (hint === '_id_' || isNatural(hint)) return [];
  const chosen = indexes.filter(({ spec }) => spec.name === hint || JSON.stringify(spec.key) === JSON.stringify(hint));
  if (!chosen.length) throw badValue('hint provided does not correspond to an existing index');
  return chosen;
}

function planById({ fields, exact }: Predicates, sort: Sort): IdPlan | null {
  const field = fields.get('_id');
  if (!field?.oneOf || field.oneOf.some((value) => isRegex(value) || isArray(value))) return null;
  const sorted = field.oneOf.map(encodeId).sort(Buffer.compare);
  const ids = sorted.filter((id, i) => i === 0 || !id.equals(sorted[i - 1]!));
  const [first] = sort;
  const byId = first?.[0] === '_id';
  if (byId && first[1] < 0) ids.reverse();
  return {
    kind: 'id',
    ids,
    sorted: ids.length <= 1 || !first || byId,
    exact: exact && field.exact && fields.size === 1,
  };
}

function bestIndexPlan(indexes: readonly SecondaryIndex[], predicates: Predicates, sort: Sort): ScoredPlan | null {
  let best: ScoredPlan | null = null;
  for (const index of indexes) {
    const candidate = planIndex(index, predicates, sort);
    if (candidate && (!best || candidate.score > best.score)) best = candidate;
  }
  return best;
}

function planUnion(source: PlanSource, filters: Doc[], sort: Sort): Plan | null {
  if (!filters.length || filters.length > MAX_UNION) return null;
  const branches = filters.map((filter) => planQuery(source, { filter }));
  if (branches.some(({ kind }) => kind === 'scan')) return null;
  return { kind: 'union', branches, sorted: !sort.length, exact: false };
}

function planScan({ prefix }: PlanSource, { fields, exact }: Predicates, sort: Sort): ScanPlan {
  const [first] = sort;
  const id = fields.get('_id');
  const range = id ? componentRange(id, 1, MAX_ID_BYTES, false) : null;
  return {
    kind: 'scan',
    range: range ? joinRange(prefix, range) : { start: prefix, end: successor(prefix) },
    reverse: first?.[0] === '_id' && first[1] < 0,
    sorted: !first || first[0] === '_id',
    exact: exact && fields.size === 0,
    bounded: range !== null,
  };
}
