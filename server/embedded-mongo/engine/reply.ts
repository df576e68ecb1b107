import { serialize } from 'bson';
import { encode, RawDocument } from '../bson.ts';
import type { Doc } from '../values/types.ts';

/** A document inside a reply that itself holds raw documents. */
export class Reply {
  constructor(readonly fields: Doc) {}
}

/** An array of documents that are BSON already. */
export class ReplyArray {
  constructor(readonly documents: readonly Buffer[]) {}
}

const DOCUMENT = 3;
const ARRAY = 4;
const END = Buffer.from([0]);

const terminated = (text: string) => Buffer.from(`${text}\0`);
const positions: Buffer[] = [];
const positionName = (position: number) => (positions[position] ??= terminated(String(position)));

function wrap(elements: Buffer[]): Buffer {
  const length = elements.reduce((sum, element) => sum + element.length, 5);
  const head = Buffer.alloc(4);
  head.writeInt32LE(length);
  return Buffer.concat([head, ...elements, END], length);
}

function arrayOf(documents: readonly Buffer[]): Buffer {
  const length = documents.reduce((sum, document, i) => sum + 1 + positionName(i).length + document.length, 5);
  const bytes = Buffer.allocUnsafe(length);
  bytes.writeInt32LE(length, 0);
  let at = 4;
  documents.forEach((document, i) => {
    const name = positionName(i);
    bytes[at++] = DOCUMENT;
    at += name.copy(bytes, at);
    bytes.set(document, at);
    at += document.length;
  });
  bytes[at] = 0;
  return bytes;
}

const element = (type: number, name: string, content: Buffer) => [Buffer.from([type]), terminated(name), content];

function elementsOf(name: string, value: unknown): Buffer[] {
  if (value instanceof RawDocument) return element(DOCUMENT, name, value.bytes);
  if (value instanceof ReplyArray) return element(ARRAY, name, arrayOf(value.documents));
  if (value instanceof Reply) return element(DOCUMENT, name, encodeReply(value.fields));
  return [Buffer.from(serialize({ [name]: value }).subarray(4, -1))];
}

const isEmbedded = (value: unknown) =>
  value instanceof RawDocument || value instanceof ReplyArray || value instanceof Reply;

/** The BSON of a reply; raw documents in it are copied as they are. */
export function encodeReply(fields: Doc): Buffer {
  if (!Object.values(fields).some(isEmbedded)) return encode(fields);
  return wrap(Object.entries(fields).flatMap(([name, value]) => elementsOf(name, value)));
}
