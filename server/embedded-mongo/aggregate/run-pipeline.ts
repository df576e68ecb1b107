import { decodeForExpressions } from '../bson.ts';
import type { Engine } from '../engine/engine.ts';
import type { Query } from '../engine/query.ts';
import { sortField } from '../engine/fields.ts';
import { compileFilter } from '../match/filter.ts';
import type { Collection } from '../storage/collection.ts';
import { toNumber } from '../values/numbers.ts';
import { type Doc, isObject } from '../values/types.ts';
import { lookupStage } from './lookup.ts';
import { runStages } from './mingo.ts';
import { rewriteStages } from './rewrite-stages.ts';
import { sortDocuments } from './sort-documents.ts';

export interface PipelineRequest {
  db: string;
  /** Absent for a pipeline on the database. */
  collection?: string;
  pipeline: unknown;
  hint?: unknown;
}

/** The leading stages that are a query, which indexes serve, and the stages after them. */
function splitQuery(stages: Doc[], hint: unknown): { query: Query; rest: Doc[] } {
  const rest = [...stages];
  const take = (name: string) => (rest[0] && name in rest[0] ? rest.shift()![name] : undefined);
  const filters: Doc[] = [];
  for (let filter = take('$match'); filter !== undefined; filter = take('$match')) filters.push(filter as Doc);
  const canSort = rest[0]?.$sort && !Object.values(rest[0].$sort).some(isObject);
  const query: Query = {
    filter: filters.length > 1 ? { $and: filters } : (filters[0] ?? {}),
    sort: canSort ? sortField(rest.shift()!, '$sort') : [],
    skip: toNumber(take('$skip') ?? 0),
    limit: toNumber(take('$limit') ?? 0),
    hint,
  };
  return { query, rest };
}

/** `{$count: 'n'}`, or the `{$group: {_id: 1, n: {$sum: 1}}}` that drivers send for countDocuments. */
function countStage(stage: Doc | undefined): ((count: number) => Doc) | null {
  if (typeof stage?.$count === 'string') {
    const name = stage.$count;
    return (count) => ({ [name]: count });
  }
  if (!isObject(stage?.$group)) return null;
  const { _id, ...sums } = stage.$group;
  const [[name, sum] = [], ...others] = Object.entries(sums);
  if ((_id !== null && _id !== 1) || name === undefined || others.length) return null;
  return isObject(sum) && sum.$sum === 1 ? (count) => ({ _id, [name]: count }) : null;
}

function isPlain({ sort, skip, limit }: Query): boolean {
  return !sort?.length && !skip && !limit;
}

/** The results: BSON where documents pass through unchanged. */
export function runPipeline(engine: Engine, request: PipelineRequest): (Doc | Buffer)[] {
  const stages = rewriteStages(request.pipeline);
  const collection =
    request.collection === undefined ? undefined : engine.store.collection(request.db, request.collection);
  const { query, rest } = splitQuery(stages, request.hint);
  if (!collection) {
    compileFilter(query.filter);
    return runRest(engine, request.db, [], rest);
  }
  const toResult = isPlain(query) && rest.length === 1 ? countStage(rest[0]) : null;
  if (toResult) {
    const count = engine.count(collection, query.filter, query.hint);
    return count ? [toResult(count)] : [];
  }
  const matches = engine.all(collection, query);
  if (!rest.length) return matches.map(({ raw }) => raw);
  return runRest(
    engine,
    request.db,
    matches.map(({ raw }) => decodeForExpressions(raw)),
    rest,
  );
}

/** A whole collection for mingo, which sees no indexes: always counted as a collection scan. */
function wholeCollection(engine: Engine, collection: Collection | undefined, stage: string): Doc[] {
  if (!collection) return [];
  if (collection.meta.count) engine.stats.add({ ns: collection.namespace, filter: [stage], sort: [] });
  const plan = collection.plan({ filter: {} });
  return [...collection.scan({}, plan).run()].map(({ raw }) => decodeForExpressions(raw));
}

/** $match, $sort and equality $lookup are done here, by the same rules as find; runs of other stages in mingo. */
function runRest(engine: Engine, db: string, documents: Doc[], stages: Doc[]): Doc[] {
  let results = documents;
  let forMingo: Doc[] = [];
  const flush = () => {
    if (!forMingo.length) return;
    const names = forMingo.map((stage) => Object.keys(stage)[0]).join(' ');
    results = runStages(results, forMingo, (name) => wholeCollection(engine, engine.store.collection(db, name), names));
    forMingo = [];
  };
  for (const stage of stages) {
    const own = ownStage(engine, db, stage);
    if (!own) {
      forMingo.push(stage);
      continue;
    }
    flush();
    results = own(results);
  }
  flush();
  return results;
}

function ownStage(engine: Engine, db: string, stage: Doc): ((documents: Doc[]) => Doc[]) | null {
  if (isObject(stage.$match)) {
    const matches = compileFilter(stage.$match);
    return (documents) => documents.filter(matches);
  }
  if (isObject(stage.$sort) && !Object.values(stage.$sort).some(isObject)) {
    const sort = stage.$sort;
    return (documents) => sortDocuments(documents, sort, (doc) => doc);
  }
  return isObject(stage.$lookup) ? lookupStage(engine, db, stage.$lookup) : null;
}
