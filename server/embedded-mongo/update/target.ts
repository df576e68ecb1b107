import { CommandError } from '../errors.ts';
import { equal } from '../values/compare.ts';
import { isArrayPosition } from '../values/paths.ts';
import { bsonClass, type Doc, isArray, isObject, typeName } from '../values/types.ts';

/** The container that holds the last part of a path. */
interface Target {
  holder: Doc;
  key: string;
}

const notViable = (field: string, holderName: string, holderType: string) =>
  new CommandError(28, 'PathNotViable', `Cannot create field '${field}' in element {${holderName}: ${holderType}}`);

/** Null when the path leads nowhere. */
function existingTarget(doc: Doc, path: string): Target | null {
  const parts = path.split('.');
  const key = parts.pop()!;
  let at: unknown = doc;
  for (const part of parts) {
    at = (at as Doc)[part];
    if (!isObject(at) && !isArray(at)) return null;
  }
  if (isArray(at) && !isArrayPosition(key)) return null;
  return { holder: at as Doc, key };
}

/** Creates the subdocuments that are missing on the way. */
function createdTarget(doc: Doc, path: string): Target {
  const parts = path.split('.');
  const key = parts.pop()!;
  let at: unknown = doc;
  for (const [i, part] of parts.entries()) {
    let next = (at as Doc)[part];
    if (next === undefined) assign(at as Doc, part, (next = {}));
    else if (!isObject(next) && !isArray(next)) throw notViable(parts[i + 1] ?? key, part, typeName(next));
    at = next;
  }
  if (isArray(at) && !isArrayPosition(key)) throw notViable(key, parts.at(-1)!, 'array');
  return { holder: at as Doc, key };
}

/** A position beyond an array's end fills the gap with null. */
function assign(holder: Doc | unknown[], key: string, value: unknown): void {
  if (isArray(holder)) while (holder.length < +key) holder.push(null);
  (holder as Doc)[key] = value;
}

export function readAt(doc: Doc, path: string): unknown {
  const target = existingTarget(doc, path);
  return target?.holder[target.key];
}

/** True when this changed the document. */
export function writeAt(doc: Doc, path: string, value: unknown): boolean {
  const { holder, key } = createdTarget(doc, path);
  const old = holder[key];
  if (old !== undefined && isSame(old, value)) return false;
  assign(holder, key, value);
  return true;
}

/** Unsetting an element of an array leaves null in its place. */
export function removeAt(doc: Doc, path: string): boolean {
  const target = existingTarget(doc, path);
  if (!target || target.holder[target.key] === undefined) return false;
  if (isArray(target.holder)) (target.holder as unknown as Doc)[target.key] = null;
  else delete target.holder[target.key];
  return true;
}

/** Stricter than equality: 1 and Long 1 are equal, but a change from one to the other is a change. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== typeof b || bsonClass(a) !== bsonClass(b)) return false;
  if (isArray(a)) return isArray(b) && a.length === b.length && a.every((element, i) => isSame(element, b[i]));
  if (isObject(a)) {
    if (!isObject(b)) return false;
    const [keysA, keysB] = [Object.keys(a), Object.keys(b)];
    return keysA.length === keysB.length && keysA.every((key, i) => key === keysB[i] && isSame(a[key], b[key]));
  }
  return a !== null && b !== null && a !== undefined && b !== undefined && equal(a, b);
}
