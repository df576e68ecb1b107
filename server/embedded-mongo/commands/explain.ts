import { docField, numberField, sortField, textField } from '../engine/fields.ts';
import type { Plan } from '../planner/plan.ts';
import { type Doc, isArray, isObject } from '../values/types.ts';
import type { CommandContext } from './command.ts';
import { hintOf } from './find.ts';

const STAGES: Readonly<Record<Plan['kind'], string>> = { id: 'IDHACK', index: 'IXSCAN', union: 'OR', scan: 'COLLSCAN' };

/** The part of the explained command that the planner sees. */
function explained(command: Doc) {
  const inner = docField(command, 'explain') ?? command;
  const kind = ['find', 'count', 'aggregate', 'distinct'].find((name) => name in inner) ?? 'find';
  const stages = isArray(inner.pipeline) ? inner.pipeline.filter(isObject) : [];
  const sorted = stages.find((stage) => '$sort' in stage);
  return {
    name: textField(inner, kind),
    filter: docField(inner, 'filter') ?? docField(inner, 'query') ?? docField(stages[0] ?? {}, '$match') ?? {},
    sort: sorted ? sortField(sorted, '$sort') : sortField(inner),
    skip: numberField(inner, 'skip') ?? 0,
    limit: numberField(inner, 'limit') ?? 0,
    hint: hintOf(inner),
  };
}

function describe(plan: Plan): Doc {
  const index =
    plan.kind === 'index' ? { indexName: plan.index.spec.name, direction: plan.reverse ? 'backward' : 'forward' } : {};
  return { stage: STAGES[plan.kind], ...index, sortStage: !plan.sorted };
}

/** Runs the query and tells how it was planned. Not counted as a collection scan. */
export function explain({ engine, db, command }: CommandContext): Doc {
  const { name, ...query } = explained(command);
  const collection = engine.store.collection(db, name);
  const namespace = `${db}.${name}`;
  if (!collection) {
    const executionStats = { nReturned: 0, totalKeysExamined: 0, totalDocsExamined: 0 };
    return { queryPlanner: { namespace, winningPlan: { stage: 'EOF' } }, executionStats, ok: 1 };
  }
  const plan = collection.plan(query);
  const scan = collection.scan(query.filter, plan);
  const wanted = plan.sorted && query.limit ? query.skip + query.limit : Infinity;
  let found = 0;
  for (const _match of scan.run()) if (++found >= wanted) break;
  const returned = Math.max(0, found - query.skip);
  return {
    queryPlanner: { namespace, winningPlan: describe(plan) },
    executionStats: {
      nReturned: query.limit ? Math.min(returned, query.limit) : returned,
      totalKeysExamined: scan.examined.keys,
      totalDocsExamined: scan.examined.documents,
    },
    ok: 1,
  };
}
