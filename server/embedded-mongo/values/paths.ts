import { type Doc, isArray, isObject } from './types.ts';

export const isArrayPosition = (part: string): boolean => /^\d+$/.test(part);

export type Visit = (value: unknown) => boolean;

/**
 * Visits every value that a query path reaches: arrays on the way are entered, the value itself is given whole.
 * Stops, and answers true, at the first visit that does.
 */
export function visitPath(value: unknown, parts: readonly string[], visit: Visit, depth = 0): boolean {
  const part = parts[depth];
  if (part === undefined) return visit(value);
  if (isArray(value)) {
    if (isArrayPosition(part) && +part < value.length && visitPath(value[+part], parts, visit, depth + 1)) return true;
    for (const element of value) if (isObject(element) && visitPath(element, parts, visit, depth)) return true;
    return false;
  }
  if (isObject(value)) return visitPath(value[part], parts, visit, depth + 1);
  return visit(undefined);
}

/** Visits as `visitPath` does, and then the elements of an array found at the end in place of the array. */
export function visitElements(value: unknown, parts: readonly string[], visit: (value: unknown) => void): void {
  visitPath(value, parts, (found) => {
    if (isArray(found)) found.forEach(visit);
    else visit(found);
    return false;
  });
}

export interface PathValues {
  values: unknown[];
  /** An array was met, so one document may have several entries. */
  multikey: boolean;
}

/** The values that an index on the path holds for a document; an empty array is given as []. */
export function indexedValues(doc: Doc, parts: readonly string[]): PathValues {
  const found: PathValues = { values: [], multikey: false };
  if (parts.length === 1) found.values.push(doc[parts[0]!]);
  else collect(doc, parts, 0, found);
  if (found.values.some(isArray)) {
    found.multikey = true;
    found.values = found.values.flatMap((value) => (isArray(value) && value.length ? value : [value]));
  }
  return found;
}

function collect(value: unknown, parts: readonly string[], depth: number, found: PathValues): void {
  const part = parts[depth];
  if (part === undefined) {
    found.values.push(value);
  } else if (isArray(value)) {
    if (isArrayPosition(part) && +part < value.length) {
      collect(value[+part], parts, depth + 1, found);
      return;
    }
    found.multikey = true;
    const subdocuments = value.filter(isObject);
    if (!subdocuments.length) found.values.push(undefined);
    for (const element of subdocuments) collect(element, parts, depth, found);
  } else if (isObject(value)) {
    collect(value[part], parts, depth + 1, found);
  } else {
    found.values.push(undefined);
  }
}

/** Plain descent without entering arrays' elements. */
export const valueAt = (value: unknown, parts: readonly string[]): unknown =>
  parts.reduce<unknown>((at, part) => (at as Doc | null | undefined)?.[part], value);

/** A copy of the document, shared where unchanged, with the value at the path. */
export function withValueAt(doc: Doc, path: string, value: unknown): Doc {
  const parts = path.split('.');
  const last = parts.pop()!;
  const copy = { ...doc };
  let at: Doc = copy;
  for (const part of parts) {
    const next = at[part];
    at = at[part] = isObject(next) ? { ...next } : {};
  }
  at[last] = value;
  return copy;
}
