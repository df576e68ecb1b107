import { createHash } from 'node:crypto';
import type { ObjectId, Timestamp } from 'bson';
import { binaryBytes, binarySubtype } from './compare.ts';
import { toNumber } from './numbers.ts';
import { type Doc, Rank, rankOf } from './types.ts';

/**
 * Keys whose byte order is MongoDB's value order. A component is its type's rank and then its content; no component
 * is a prefix of another one, so components can be joined, and a descending component has all its bits inverted.
 *
 * Two approximations: numbers are ordered as doubles (Long beyond 2^53 and Decimal128 beyond 15 digits are not told
 * apart), and a component beyond its length limit is cut and ends in a hash: equality stays right, order beyond the
 * cut does not. Range bounds allow for the cut (see planner/bounds.ts) and every filter is checked on the document.
 */

/** LMDB takes keys up to 1978 bytes at its 4 kB pages: the index's components and then the document's id. */
export const MAX_ID_BYTES = 400;
const MAX_COMPONENTS_BYTES = 1500;
const HASH_BYTES = 20;

export const componentLimit = (components: number): number => Math.floor(MAX_COMPONENTS_BYTES / components);

let buffer = Buffer.allocUnsafe(65536);
let position = 0;

function reserve(bytes: number): void {
  if (position + bytes <= buffer.length) return;
  const larger = Buffer.allocUnsafe((position + bytes) * 2);
  buffer.copy(larger, 0, 0, position);
  buffer = larger;
}

/** Zero-terminated; the bytes 0 and 1 inside are escaped as 1 1 and 1 2. */
function putString(text: string): void {
  reserve(text.length * 6 + 2);
  const start = position;
  const length = buffer.write(text, position, 'utf8');
  let escapes = 0;
  for (let i = start; i < start + length; i++) if (buffer[i]! < 2) escapes++;
  if (escapes) {
    const raw = Buffer.from(buffer.subarray(start, start + length));
    for (const byte of raw) {
      if (byte < 2) buffer[position++] = 1;
      buffer[position++] = byte < 2 ? byte + 1 : byte;
    }
  } else {
    position += length;
  }
  buffer[position++] = 0;
}

/** IEEE bits with the sign flipped, and all bits of negatives, order as the numbers do; NaN is all zero, before them. */
function putDouble(value: number): void {
  if (Number.isNaN(value)) {
    buffer.fill(0, position, position + 8);
  } else {
    buffer.writeDoubleBE(value === 0 ? 0 : value, position);
    if (buffer[position]! & 0x80) invert(position, position + 8);
    else buffer[position]! ^= 0x80;
  }
  position += 8;
}

function invert(start: number, end: number): void {
  for (let i = start; i < end; i++) buffer[i]! ^= 0xff;
}

function putBinary(value: unknown): void {
  const bytes = binaryBytes(value);
  reserve(bytes.length + 8);
  buffer.writeUInt32BE(bytes.length, position);
  buffer[position + 4] = binarySubtype(value);
  buffer.set(bytes, position + 5);
  position += 5 + bytes.length;
}

function putObject(value: Doc): void {
  for (const [name, field] of Object.entries(value)) {
    reserve(2);
    buffer[position++] = 2;
    buffer[position++] = rankOf(field);
    putString(name);
    putValue(field);
  }
  putEnd();
}

function putEnd(): void {
  reserve(1);
  buffer[position++] = 0;
}

function putValue(value: unknown): void {
  reserve(32);
  const rank = rankOf(value);
  buffer[position++] = rank;
  switch (rank) {
    case Rank.number:
      return putDouble(toNumber(value));
    case Rank.date:
      return putDouble((value as Date).getTime());
    case Rank.string:
    case Rank.regex:
      return putString(String(value));
    case Rank.bool:
      buffer[position++] = value ? 1 : 0;
      return;
    case Rank.objectId:
      buffer.set((value as ObjectId).id, position);
      position += 12;
      return;
    case Rank.binary:
      return putBinary(value);
    case Rank.timestamp:
      buffer.writeUInt32BE((value as Timestamp).getHighBitsUnsigned(), position);
      buffer.writeUInt32BE((value as Timestamp).getLowBitsUnsigned(), position + 4);
      position += 8;
      return;
    case Rank.array:
      for (const element of value as unknown[]) putValue(element);
      return putEnd();
    case Rank.object:
      return putObject(value as Doc);
  }
}

function putComponent(value: unknown, limit: number): void {
  const start = position;
  putValue(value);
  if (position - start <= limit) return;
  const cut = start + limit - HASH_BYTES;
  const hash = createHash('sha256').update(buffer.subarray(start, position)).digest();
  hash.copy(buffer, cut, 0, HASH_BYTES);
  position = start + limit;
}

const written = () => Buffer.from(buffer.subarray(0, position));

/** The whole value, uncut: for sets, and as the start of range bounds. */
export function encodeValue(value: unknown): Buffer {
  position = 0;
  putValue(value);
  return written();
}

/** A text that is equal for equal values. */
export const valueKey = (value: unknown): string => encodeValue(value).toString('latin1');

/** The key of a document by its _id. */
export function encodeId(id: unknown): Buffer {
  position = 0;
  putComponent(id, MAX_ID_BYTES);
  return written();
}

export type Direction = 1 | -1;

/** `values` may be fewer than the index's components: then it is the prefix of all keys that begin with them. */
export function encodeKey(prefix: Buffer, values: readonly unknown[], directions: readonly Direction[]): Buffer {
  const limit = componentLimit(directions.length);
  position = 0;
  buffer.set(prefix, 0);
  position = prefix.length;
  values.forEach((value, i) => {
    const start = position;
    if (Array.isArray(value) && value.length === 0) buffer[position++] = Rank.emptyArray;
    else putComponent(value, limit);
    if (directions[i]! < 0) invert(start, position);
  });
  return written();
}

/** What is sure about the order of a component's stored bytes: the part before a possible cut. */
export const orderedPart = (encoded: Buffer, limit: number): { bytes: Buffer; cut: boolean } =>
  encoded.length <= limit
    ? { bytes: encoded, cut: false }
    : { bytes: encoded.subarray(0, limit - HASH_BYTES), cut: true };
