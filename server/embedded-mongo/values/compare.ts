import type { Binary, ObjectId, Timestamp } from 'bson';
import { compareNumbers } from './numbers.ts';
import { type Doc, Rank, rankOf } from './types.ts';

export const binaryBytes = (value: unknown): Uint8Array =>
  value instanceof Uint8Array ? value : (value as Binary).buffer.subarray(0, (value as Binary).position);

export const binarySubtype = (value: unknown): number => (value instanceof Uint8Array ? 0 : (value as Binary).sub_type);

/** Orders UTF-16 code units as their UTF-8 bytes would be: surrogates (above U+FFFF) after the rest. */
const utf8Order = (unit: number) => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit);

export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return utf8Order(x) - utf8Order(y);
  }
  return a.length - b.length;
}

function compareArrays(a: unknown[], b: unknown[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const order = compare(a[i], b[i]);
    if (order) return order;
  }
  return a.length - b.length;
}

/** Field by field: type, then name, then value. */
function compareObjects(a: Doc, b: Doc): number {
  const [fieldsA, fieldsB] = [Object.entries(a), Object.entries(b)];
  const shared = Math.min(fieldsA.length, fieldsB.length);
  for (let i = 0; i < shared; i++) {
    const [[nameA, valueA], [nameB, valueB]] = [fieldsA[i]!, fieldsB[i]!];
    const order = rankOf(valueA) - rankOf(valueB) || compareStrings(nameA, nameB) || compare(valueA, valueB);
    if (order) return order;
  }
  return fieldsA.length - fieldsB.length;
}

function compareBinaries(a: unknown, b: unknown): number {
  const [x, y] = [binaryBytes(a), binaryBytes(b)];
  return x.length - y.length || binarySubtype(a) - binarySubtype(b) || Buffer.compare(x, y);
}

/** MongoDB's total order of values; negative, zero or positive. Missing (undefined) and null are equal. */
export function compare(a: unknown, b: unknown): number {
  const rank = rankOf(a);
  const rankB = rankOf(b);
  if (rank !== rankB) return rank - rankB;
  switch (rank) {
    case Rank.number:
      return compareNumbers(a, b);
    case Rank.string:
    case Rank.regex:
      return compareStrings(String(a), String(b));
    case Rank.bool:
      return Number(a) - Number(b);
    case Rank.date:
      return Math.sign((a as Date).getTime() - (b as Date).getTime());
    case Rank.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case Rank.binary:
      return compareBinaries(a, b);
    case Rank.timestamp:
      return (a as Timestamp).compare(b as Timestamp);
    case Rank.array:
      return compareArrays(a as unknown[], b as unknown[]);
    case Rank.object:
      return compareObjects(a as Doc, b as Doc);
    default:
      return 0;
  }
}

export const equal = (a: unknown, b: unknown): boolean => compare(a, b) === 0;
