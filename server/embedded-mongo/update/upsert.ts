import { isConditions } from '../match/operators.ts';
import { clone, type Doc, isArray, isObject, isRegex } from '../values/types.ts';
import { isOperatorUpdate, type Modifier } from './modifier.ts';
import { writeAt } from './target.ts';

/** The value that a condition fixes, or undefined. */
function fixedValue(condition: unknown): unknown {
  if (isRegex(condition)) return undefined;
  if (!isConditions(condition)) return condition;
  if (condition.$eq !== undefined) return condition.$eq;
  for (const list of [condition.$in, condition.$all]) if (isArray(list) && list.length === 1) return list[0];
  return undefined;
}

function takeEqualities(filter: Doc, into: Doc): void {
  for (const [key, condition] of Object.entries(filter)) {
    if (key === '$and') (condition as Doc[]).forEach((branch) => takeEqualities(branch, into));
    else if (key === '$or' && (condition as Doc[]).length === 1) takeEqualities((condition as Doc[])[0]!, into);
    if (key.startsWith('$')) continue;
    const value = fixedValue(condition);
    if (value !== undefined) writeAt(into, key, clone(value));
  }
}

/** The document that an upsert inserts: the filter's equalities with the update on top; of a replacement, its _id. */
export function upsertDocument(filter: Doc, update: unknown, modify: Modifier): Doc {
  const seed: Doc = {};
  takeEqualities(filter, seed);
  const extendsFilter = isArray(update) || isOperatorUpdate(update) || !isObject(update) || !Object.keys(update).length;
  const doc = extendsFilter ? seed : seed._id === undefined || update._id !== undefined ? {} : { _id: seed._id };
  modify(doc, { insert: true, filter });
  return doc;
}
