import { RawDocument } from '../bson.ts';
import { documentOf } from '../engine/engine.ts';
import { arrayFiltersOf, docField, sortField, textField } from '../engine/fields.ts';
import { insertUpsert, updateDocument } from '../engine/write-document.ts';
import { compileProjection } from '../project/projection.ts';
import type { Collection } from '../storage/collection.ts';
import type { Match } from '../storage/scan.ts';
import { compileModifier } from '../update/modifier.ts';
import type { Doc } from '../values/types.ts';
import type { CommandContext } from './command.ts';
import { hintOf } from './find.ts';

interface Answer {
  n: number;
  updatedExisting?: boolean;
  upserted?: unknown;
  /** Absent: null. */
  value?: Match | { doc: Doc; raw: Buffer };
}

export function findAndModify({ engine, db, command }: CommandContext): Doc {
  const name = textField(command, 'findAndModify' in command ? 'findAndModify' : 'findandmodify');
  const filter = docField(command, 'query') ?? {};
  const projection = compileProjection(docField(command, 'fields'), filter);
  const collection = command.upsert ? engine.store.ensureCollection(db, name) : engine.store.collection(db, name);
  const query = { filter, sort: sortField(command), hint: hintOf(command) };
  const match = collection && engine.first(collection, query);
  const { value, ...lastErrorObject } = command.remove
    ? removeMatch(collection, match)
    : updateMatch(collection, match, filter, command);
  if (!value) return { lastErrorObject, value: null, ok: 1 };
  const shown = projection ? projection(value.doc ?? documentOf(value as Match)) : new RawDocument(value.raw);
  return { lastErrorObject, value: shown, ok: 1 };
}

function removeMatch(collection: Collection | undefined, match: Match | undefined): Answer {
  if (!collection || !match) return { n: 0 };
  collection.remove(match.id, documentOf(match));
  return { n: 1, value: match };
}

function updateMatch(collection: Collection | undefined, match: Match | undefined, filter: Doc, command: Doc): Answer {
  const modify = compileModifier(command.update, arrayFiltersOf(command));
  if (collection && match) {
    const updated = updateDocument(collection, match, modify, filter);
    return { n: 1, updatedExisting: true, value: command.new ? updated : match };
  }
  if (!collection || !command.upsert) return { n: 0, updatedExisting: false };
  const inserted = insertUpsert(collection, filter, command.update, modify);
  const answer = { n: 1, updatedExisting: false, upserted: inserted.doc._id };
  return command.new ? { ...answer, value: inserted } : answer;
}
