import { decode, decodeLeading, RawDocument } from '../bson.ts';
import { type Doc, isObject } from '../values/types.ts';

/** https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/ */
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const HEADER_BYTES = 16;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;

export interface Request {
  requestId: number;
  opcode: number;
  command: Doc;
  /** An unacknowledged write: the client does not wait for an answer. */
  noReply: boolean;
}

function endOfText(message: Buffer, start: number): number {
  const end = message.indexOf(0, start);
  if (end < 0) throw new Error('a name in the message does not end');
  return end;
}

/** The driver's first message: `isMaster` as a query of `admin.$cmd`. */
function parseQuery(message: Buffer): Doc {
  const skipAndLimit = 8;
  const command = decodeLeading(message.subarray(endOfText(message, 20) + 1 + skipAndLimit));
  return isObject(command.$query) ? command.$query : command;
}

/** A section of kind 1: the documents of one of the command's fields. They are kept as bytes. */
function parseSequence(section: Buffer): [name: string, documents: RawDocument[]] {
  const endOfName = endOfText(section, 4);
  const documents: RawDocument[] = [];
  for (let at = endOfName + 1; at < section.length;) {
    const length = section.readInt32LE(at);
    if (length < 5) throw new Error('a document in the message is too short');
    documents.push(new RawDocument(section.subarray(at, at + length)));
    at += length;
  }
  return [section.toString('utf8', 4, endOfName), documents];
}

function parseSections(message: Buffer, flags: number): Doc {
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let command: Doc = {};
  const sequences: Doc = {};
  for (let at = HEADER_BYTES + 4; at < end;) {
    const kind = message[at];
    const section = message.subarray(at + 1, at + 1 + message.readInt32LE(at + 1));
    at += 1 + section.length;
    if (kind === 0) {
      command = decode(section);
    } else {
      const [name, documents] = parseSequence(section);
      sequences[name] = documents;
    }
  }
  return { ...command, ...sequences };
}

/** Throws when the message is not in the protocol. */
export function parseRequest(message: Buffer): Request {
  const requestId = message.readInt32LE(4);
  const opcode = message.readInt32LE(12);
  if (opcode === OP_QUERY) return { requestId, opcode, command: parseQuery(message), noReply: false };
  if (opcode !== OP_MSG) throw new Error(`the wire protocol's operation ${opcode} is not supported`);
  const flags = message.readUInt32LE(HEADER_BYTES);
  return { requestId, opcode, command: parseSections(message, flags), noReply: (flags & MORE_TO_COME) !== 0 };
}

/** The bytes that go before the answer's document. */
export function replyHeader({ requestId, opcode }: Request, replyId: number, documentBytes: number): Buffer {
  const isLegacy = opcode === OP_QUERY;
  const header = Buffer.alloc(isLegacy ? 36 : 21);
  header.writeInt32LE(header.length + documentBytes, 0);
  header.writeInt32LE(replyId, 4);
  header.writeInt32LE(requestId, 8);
  header.writeInt32LE(isLegacy ? OP_REPLY : OP_MSG, 12);
  if (isLegacy) {
    const awaitCapable = 8;
    const numberReturned = 1;
    header.writeInt32LE(awaitCapable, 16);
    header.writeInt32LE(numberReturned, 32);
  }
  return header;
}
