import { compare } from '../values/compare.ts';
import { toNumber } from '../values/numbers.ts';
import { visitPath } from '../values/paths.ts';
import { isArray } from '../values/types.ts';

/** The sort value of an array is its smallest element, or its largest when descending; of an empty array, null. */
function sortValue(doc: unknown, parts: readonly string[], direction: number): unknown {
  let best: unknown;
  let found = false;
  visitPath(doc, parts, (value) => {
    const candidates = isArray(value) ? (value.length ? value : [undefined]) : [value];
    for (const candidate of candidates) {
      if (!found || compare(candidate, best) * direction < 0) best = candidate;
      found = true;
    }
    return false;
  });
  return best;
}

/** Sorts by a sort document; `documentOf` gives the document of an item. */
export function sortDocuments<T>(items: readonly T[], sort: object, documentOf: (item: T) => unknown): T[] {
  const keys = Object.entries(sort).map(([path, direction]) => ({
    parts: path.split('.'),
    direction: toNumber(direction),
  }));
  const rows = items.map((item) => {
    const doc = documentOf(item);
    return { item, values: keys.map(({ parts, direction }) => sortValue(doc, parts, direction)) };
  });
  rows.sort((a, b) => {
    for (const [i, { direction }] of keys.entries()) {
      const order = compare(a.values[i], b.values[i]);
      if (order) return order * direction;
    }
    return 0;
  });
  return rows.map(({ item }) => item);
}
