import { runStages } from '../aggregate/mingo.ts';
import { rewriteStages } from '../aggregate/rewrite-stages.ts';
import { encode } from '../bson.ts';
import { badValue, CommandError, failedToParse } from '../errors.ts';
import { compileFilter, type Predicate } from '../match/filter.ts';
import { equal } from '../values/compare.ts';
import { cloneDoc, type Doc, isArray, isObject } from '../values/types.ts';
import { expandPath } from './expand-path.ts';
import { OPERATORS } from './operators.ts';

/** Changes a decoded document in place; true when it is another one than before. */
export type Modifier = (doc: Doc, options: { filter: Doc; insert?: boolean }) => boolean;

export const isOperatorUpdate = (update: unknown): update is Doc =>
  isObject(update) && Object.keys(update)[0]?.startsWith('$') === true;

/** An update is a pipeline, a document of operators, or the replacement itself. */
export function compileModifier(update: unknown, arrayFilters: Doc[]): Modifier {
  if (isArray(update)) return pipelineModifier(update);
  if (isOperatorUpdate(update)) return operatorModifier(update, arrayFilters);
  if (isObject(update)) return replacementModifier(update);
  throw failedToParse('Update argument must be either an object or an array');
}

function replaceContent(doc: Doc, content: Doc): boolean {
  const before = encode(doc);
  for (const key of Object.keys(doc)) delete doc[key];
  Object.assign(doc, content);
  return !before.equals(encode(doc));
}

const keepingId = (doc: Doc, content: Doc): Doc => (doc._id === undefined ? content : { _id: doc._id, ...content });

function pipelineModifier(pipeline: unknown[]): Modifier {
  const stages = rewriteStages(pipeline);
  return (doc) => {
    const [result = {}] = runStages([cloneDoc(doc)], stages);
    return replaceContent(doc, { ...keepingId(doc, result), ...(doc._id === undefined ? {} : { _id: doc._id }) });
  };
}

const replacementModifier =
  (replacement: Doc): Modifier =>
  (doc) => {
    if (replacement._id !== undefined && doc._id !== undefined && !equal(replacement._id, doc._id)) {
      throw new CommandError(
        66,
        'ImmutableField',
        `After applying the update, the (immutable) field '_id' was altered`,
      );
    }
    return replaceContent(doc, keepingId(doc, cloneDoc(replacement)));
  };

function operatorModifier(update: Doc, arrayFilters: Doc[]): Modifier {
  refuseUnknownOperators(update);
  refuseConflicts(update);
  const arrayFilter = arrayFilterLookup(arrayFilters);
  return (doc, { filter, insert = false }) => {
    let changed = false;
    for (const [name, fields] of Object.entries(update)) {
      if (name === '$setOnInsert' && !insert) continue;
      for (const [path, operand] of Object.entries(fields as Doc)) {
        for (const concrete of expandPath(doc, path, { filter, arrayFilter })) {
          if (OPERATORS[name]!(doc, concrete, operand)) changed = true;
        }
      }
    }
    return changed;
  };
}

function refuseUnknownOperators(update: Doc): void {
  for (const [name, fields] of Object.entries(update)) {
    if (!OPERATORS[name]) {
      throw failedToParse(
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isObject(fields)) throw failedToParse(`Modifiers operate on fields but we found another type for ${name}`);
  }
}

function refuseConflicts(update: Doc): void {
  const taken = new Set<string>();
  const paths = Object.entries(update).flatMap(([name, fields]) =>
    Object.entries(fields as Doc).flatMap(([path, to]) => (name === '$rename' ? [path, String(to)] : [path])),
  );
  for (const path of paths.sort((a, b) => a.length - b.length)) {
    const parts = path.split('.');
    const conflict = parts.map((_, i) => parts.slice(0, i + 1).join('.')).find((prefix) => taken.has(prefix));
    if (conflict !== undefined) {
      const message = `Updating the path '${path}' would create a conflict at '${conflict}'`;
      throw new CommandError(40, 'ConflictingUpdateOperators', message);
    }
    taken.add(path);
  }
}

/** The identifier of `{'x.k': 2}`, or of the first field inside `{$or: [{'x.k': 2}, …]}`, is x. */
function identifierOf(filter: Doc): string {
  const [key, value] = Object.entries(filter)[0] ?? [];
  if (key === undefined) throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters');
  return key.startsWith('$') ? identifierOf((value as Doc[])[0] ?? {}) : key.split('.')[0]!;
}

function arrayFilterLookup(arrayFilters: Doc[]): (identifier: string) => Predicate {
  const filters = new Map(arrayFilters.map((filter) => [identifierOf(filter), compileFilter(filter)]));
  return (identifier) => {
    const filter = filters.get(identifier);
    if (!filter) throw badValue(`No array filter found for identifier '${identifier}'`);
    return filter;
  };
}
