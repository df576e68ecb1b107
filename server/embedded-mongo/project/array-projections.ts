import type { Predicate } from '../match/filter.ts';
import { positionalIndex } from '../match/positional.ts';
import { toNumber } from '../values/numbers.ts';
import { valueAt } from '../values/paths.ts';
import { type Doc, isArray, isObject } from '../values/types.ts';

/** Changes one array of the selected fields, from the whole document. */
export type ArrayProjection = (doc: Doc, selected: Doc) => void;

function arrayProjection(path: string, choose: (elements: unknown[], doc: Doc) => unknown[] | undefined) {
  const parts = path.split('.');
  const holders = parts.slice(0, -1);
  const last = parts.at(-1)!;
  return (doc: Doc, selected: Doc): void => {
    const elements = valueAt(doc, parts);
    if (!isArray(elements)) return;
    let at = selected;
    for (const part of holders) at = at[part] = isObject(at[part]) ? { ...at[part] } : {};
    const chosen = choose(elements, doc);
    if (chosen) at[last] = chosen;
    else delete at[last];
  };
}

/** `'array.$': 1`: the element that the query matched. */
export const matchedElement = (path: string, filter: Doc): ArrayProjection =>
  arrayProjection(path, (elements, doc) => {
    const index = positionalIndex(filter, doc, path);
    return index < 0 ? [] : [elements[index]];
  });

/** `matches` tests documents of the shape `{array: […]}`. */
export const elementMatch = (path: string, matches: Predicate): ArrayProjection =>
  arrayProjection(path, (elements) => {
    const found = elements.find((element) => matches({ array: [element] }));
    return found === undefined ? undefined : [found];
  });

/** $slice: n from the start, -n from the end, or [skip, n]. */
export const sliceOf = (path: string, range: unknown): ArrayProjection =>
  arrayProjection(path, (elements) => {
    if (!isArray(range)) {
      const count = toNumber(range);
      return count < 0 ? elements.slice(count) : elements.slice(0, count);
    }
    const [skip, count] = [toNumber(range[0]), toNumber(range[1])];
    const start = skip < 0 ? Math.max(0, elements.length + skip) : skip;
    return elements.slice(start, start + count);
  });
