import type { ObjectId } from 'bson';
import { CommandError } from '../errors.ts';
import { bsonClass, type Doc } from '../values/types.ts';

function show(value: unknown): string {
  if (bsonClass(value) === 'ObjectId') return `ObjectId('${(value as ObjectId).toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  return JSON.stringify(value);
}

/** The error that mongoose reads `keyPattern` and `keyValue` from. */
export function duplicateKey(namespace: string, index: { name: string; key: Doc }, row: unknown[]): CommandError {
  const keyValue = Object.fromEntries(Object.keys(index.key).map((path, i) => [path, row[i] ?? null]));
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${show(value)}`);
  const message =
    `E11000 duplicate key error collection: ${namespace} ` + `index: ${index.name} dup key: { ${shown.join(', ')} }`;
  return new CommandError(11000, 'DuplicateKey', message, { keyPattern: index.key, keyValue });
}
