import { deserialize, serialize } from 'bson';
import type { Doc } from './values/types.ts';

/** A document as the bytes that came in or lie in the store: passed through without decoding where possible. */
export class RawDocument {
  constructor(readonly bytes: Buffer) {}
}

/** Longs and binaries keep their types, so that a document survives being read and written again. */
const LOSSLESS = { promoteLongs: false, promoteBuffers: false, bsonRegExp: false };

export const decode = (bytes: Uint8Array): Doc => deserialize(bytes, LOSSLESS);

/** The legacy OP_QUERY may be followed by a field selector in the same message. */
export const decodeLeading = (bytes: Uint8Array): Doc =>
  deserialize(bytes, { ...LOSSLESS, allowObjectSmallerThanBufferSize: true });

/** Longs that a double can hold become numbers: what expressions calculate with. */
export const decodeForExpressions = (bytes: Uint8Array): Doc => deserialize(bytes, { promoteBuffers: false });

export function encode(doc: object): Buffer {
  const bytes = serialize(doc, { ignoreUndefined: true });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
