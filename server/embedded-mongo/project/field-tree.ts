import { type Doc, isArray, isObject } from '../values/types.ts';

/** The paths of a projection: `true` at the end of a path. */
export interface FieldTree {
  [field: string]: FieldTree | true;
}

export function mark(tree: FieldTree, path: string): void {
  const parts = path.split('.');
  const last = parts.pop()!;
  let at = tree;
  for (const part of parts) {
    const next = at[part];
    at = next === undefined || next === true ? (at[part] = {}) : next;
  }
  at[last] = true;
}

/** Keeps the marked fields, in the document's order. */
export function pick(doc: Doc, tree: FieldTree): Doc {
  const picked: Doc = {};
  for (const [key, value] of Object.entries(doc)) {
    const subtree = tree[key];
    if (subtree === true) picked[key] = value;
    else if (subtree === undefined) continue;
    else if (isArray(value)) picked[key] = pickElements(value, subtree);
    else if (isObject(value)) picked[key] = pick(value, subtree);
  }
  return picked;
}

const pickElements = (elements: unknown[], tree: FieldTree): unknown[] =>
  elements.flatMap((element) => {
    if (isArray(element)) return [pickElements(element, tree)];
    return isObject(element) ? [pick(element, tree)] : [];
  });

/** Leaves the marked fields out. */
export function drop(doc: Doc, tree: FieldTree): Doc {
  const rest: Doc = {};
  for (const [key, value] of Object.entries(doc)) {
    const subtree = tree[key];
    if (subtree === true) continue;
    rest[key] = subtree === undefined ? value : dropInside(value, subtree);
  }
  return rest;
}

function dropInside(value: unknown, tree: FieldTree): unknown {
  if (isArray(value)) return value.map((element) => dropInside(element, tree));
  return isObject(value) ? drop(value, tree) : value;
}
