import { ObjectId } from 'bson';
import { decode, encode, RawDocument } from '../bson.ts';
import { CommandError } from '../errors.ts';
import { type Collection, MAX_DOCUMENT_BYTES, tooLarge } from '../storage/collection.ts';
import type { Match } from '../storage/scan.ts';
import type { Modifier } from '../update/modifier.ts';
import { upsertDocument } from '../update/upsert.ts';
import { equal } from '../values/compare.ts';
import { type Doc, isArray, isRegex } from '../values/types.ts';

export interface Written {
  doc: Doc;
  raw: Buffer;
}

const beginsWithId = (doc: Doc) => Object.keys(doc)[0] === '_id';

/** The _id comes first; one that is missing is made. A document that came so is stored byte by byte as it came. */
function prepare(given: Doc | RawDocument): Written {
  const decoded = given instanceof RawDocument ? decode(given.bytes) : given;
  if (given instanceof RawDocument && beginsWithId(decoded)) return { doc: decoded, raw: Buffer.from(given.bytes) };
  const { _id = new ObjectId(), ...fields } = decoded;
  const doc = { _id, ...fields };
  return { doc, raw: encode(doc) };
}

export function insertDocument(collection: Collection, given: Doc | RawDocument): Written {
  const written = prepare(given);
  const { doc, raw } = written;
  if (isArray(doc._id) || isRegex(doc._id)) {
    throw new CommandError(53, 'InvalidIdField', "The '_id' value cannot be of type array or regex");
  }
  if (raw.length > MAX_DOCUMENT_BYTES) throw tooLarge(raw.length);
  collection.insert(doc, raw);
  return written;
}

export function updateDocument(
  collection: Collection,
  match: Match,
  modify: Modifier,
  filter: Doc,
): Written & { changed: boolean } {
  const before = match.doc ?? decode(match.raw);
  const doc = decode(match.raw);
  if (!modify(doc, { filter })) return { changed: false, doc: before, raw: match.raw };
  if (!equal(doc._id, before._id)) {
    const message = "Performing an update on the path '_id' would modify the immutable field '_id'";
    throw new CommandError(66, 'ImmutableField', message);
  }
  const raw = encode(doc);
  collection.replace(match.id, before, doc, raw);
  return { changed: true, doc, raw };
}

export const insertUpsert = (collection: Collection, filter: Doc, update: unknown, modify: Modifier): Written =>
  insertDocument(collection, upsertDocument(filter, update, modify));
