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

function embeddedElements(name: string, value: unknown): Buffer[] | null {
  if (value instanceof RawDocument) return element(DOCUMENT, name, value.bytes);
  if (value instanceof ReplyArray) return element(ARRAY, name, arrayOf(value.documents));
  return value instanceof Reply ? element(DOCUMENT, name, encodeReply(value.fields)) : null;
}

/** The BSON of a reply; raw documents in it are copied as they are, the fields between them are encoded together. */
export function encodeReply(fields: Doc): Buffer {
  const elements: Buffer[] = [];
  let plain: Doc = {};
  let hasPlain = false;
  const flush = () => {
    if (hasPlain) elements.push(encode(plain).subarray(4, -1));
    plain = {};
    hasPlain = false;
  };
  for (const [name, value] of Object.entries(fields)) {
    const embedded = embeddedElements(name, value);
    if (embedded) {
      flush();
      elements.push(...embedded);
    } else {
      plain[name] = value;
      hasPlain = true;
    }
  }
  flush();
  return wrap(elements);
}
