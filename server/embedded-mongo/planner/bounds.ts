import { type Direction, encodeValue, orderedPart } from '../values/key-encoding.ts';
import { isArray, isObject, isRegex, rankOf } from '../values/types.ts';
import type { Bound, FieldPredicate } from './predicates.ts';

export interface KeyRange {
  start: Buffer;
  /** Excluded. */
  end: Buffer;
}

/** The least key above all keys that begin with these bytes. */
export function successor(prefix: Buffer): Buffer {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length--;
  const next = Buffer.from(prefix.subarray(0, length));
  if (length) next[length - 1]! += 1;
  return next;
}

export const joinRange = (prefix: Buffer, range: KeyRange): KeyRange => ({
  start: Buffer.concat([prefix, range.start]),
  end: Buffer.concat([prefix, range.end]),
});

/** All keys that begin with these bytes, when inclusive, belong to the range. */
interface Edge {
  bytes: Buffer;
  inclusive: boolean;
}

const inverted = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xff));

const firstOf = (edge: Edge) => (edge.inclusive ? edge.bytes : successor(edge.bytes));
const endOf = (edge: Edge) => (edge.inclusive ? successor(edge.bytes) : edge.bytes);

/** A descending component's bytes are inverted, which turns the range over. */
function rangeBetween(low: Edge, high: Edge, direction: Direction): KeyRange {
  if (direction > 0) return { start: firstOf(low), end: endOf(high) };
  const invert = (edge: Edge): Edge => ({ ...edge, bytes: inverted(edge.bytes) });
  return { start: firstOf(invert(high)), end: endOf(invert(low)) };
}

/** A value that the key holds only in part takes in all that share the part: the filter decides on the document. */
function edgeAt(encoded: Buffer, inclusive: boolean, limit: number): Edge {
  const { bytes, cut } = orderedPart(encoded, limit);
  return { bytes, inclusive: inclusive || cut };
}

const hasNoOrder = ({ value }: Bound) =>
  value === null || value === undefined || isArray(value) || isObject(value) || isRegex(value);

export interface ComponentRange extends KeyRange {
  /** Bounded on both sides. */
  closed: boolean;
}

/**
 * The range of one index component that holds all matches of a path's order conditions; null when it has none.
 * On a multikey index different elements may satisfy the two bounds, so only one of them can be used.
 */
export function componentRange(
  field: FieldPredicate,
  direction: Direction,
  limit: number,
  multikey: boolean,
): ComponentRange | null {
  if (field.prefix !== undefined) {
    const withoutTerminator = encodeValue(field.prefix).subarray(0, -1);
    const edge: Edge = { bytes: orderedPart(withoutTerminator, limit).bytes, inclusive: true };
    return { ...rangeBetween(edge, edge, direction), closed: true };
  }
  const { above } = field;
  let { below } = field;
  if ((above && hasNoOrder(above)) || (below && hasNoOrder(below))) return null;
  if (above && below && (multikey || rankOf(above.value) !== rankOf(below.value))) below = undefined;
  const bound = above ?? below;
  if (!bound) return null;
  const sameType: Edge = { bytes: Buffer.from([rankOf(bound.value)]), inclusive: true };
  const low = above ? edgeAt(encodeValue(above.value), above.inclusive, limit) : sameType;
  const high = below ? edgeAt(encodeValue(below.value), below.inclusive, limit) : sameType;
  return { ...rangeBetween(low, high, direction), closed: above !== undefined && below !== undefined };
}
