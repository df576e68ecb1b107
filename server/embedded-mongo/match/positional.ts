import { valueAt } from '../values/paths.ts';
import { type Doc, isArray } from '../values/types.ts';
import { compileFilter } from './filter.ts';

/**
 * What `$` stands for: the position of the first element of the array at `path` that satisfies the filter's clauses
 * on it, or -1. MongoDB takes the array condition evaluated last, so the last clause with a match wins here too.
 */
export function positionalIndex(filter: Doc, doc: Doc, path: string): number {
  const parts = path.split('.');
  const array = valueAt(doc, parts);
  if (!isArray(array)) return -1;
  for (const clause of clausesOn(path, filter).reverse()) {
    const matches = compileFilter(clause);
    const index = array.findIndex((element) => matches(nest(parts, [element])));
    if (index >= 0) return index;
  }
  return -1;
}

const isOn = (path: string) => (key: string) => key === path || key.startsWith(`${path}.`);

function clausesOn(path: string, filter: Doc): Doc[] {
  const onPath = isOn(path);
  return Object.entries(filter).flatMap(([key, condition]) => {
    if (key === '$and') return (condition as Doc[]).flatMap((branch) => clausesOn(path, branch));
    if (key === '$or') {
      const branches = (condition as Doc[]).filter((branch) => Object.keys(branch).some(onPath));
      return branches.length ? [{ $or: branches }] : [];
    }
    return onPath(key) ? [{ [key]: condition }] : [];
  });
}

const nest = (parts: readonly string[], value: unknown): unknown =>
  parts.reduceRight<unknown>((inner, part) => ({ [part]: inner }), value);
