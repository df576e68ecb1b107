import { decodeForExpressions } from '../bson.ts';
import type { Engine } from '../engine/engine.ts';
import { valueKey } from '../values/key-encoding.ts';
import { visitElements, withValueAt } from '../values/paths.ts';
import type { Doc } from '../values/types.ts';

const MAX_REMEMBERED = 10_000;

/** The $lookup of equal fields, by the other collection's index; null for the forms with a pipeline of their own. */
export function lookupStage(engine: Engine, db: string, lookup: Doc): ((documents: Doc[]) => Doc[]) | null {
  const { from, localField, foreignField, as } = lookup;
  if (lookup.let !== undefined || lookup.pipeline !== undefined) return null;
  if ([from, localField, foreignField, as].some((name) => typeof name !== 'string')) return null;
  const foreign = engine.store.collection(db, from as string);
  const localParts = (localField as string).split('.');
  const remembered = new Map<string, Doc[]>();

  const lookUp = (values: unknown[]): Doc[] => {
    if (!foreign || !values.length) return [];
    const condition = values.length === 1 ? values[0] : { $in: values };
    const matches = engine.all(foreign, { filter: { [foreignField as string]: condition } });
    return matches.map(({ raw }) => decodeForExpressions(raw));
  };

  return (documents) =>
    documents.map((doc) => {
      const values: unknown[] = [];
      visitElements(doc, localParts, (value) => values.push(value ?? null));
      const key = values.map(valueKey).join('|');
      let found = remembered.get(key);
      if (!found) {
        found = lookUp(values);
        if (remembered.size < MAX_REMEMBERED) remembered.set(key, found);
      }
      return withValueAt(doc, as as string, found);
    });
}
