import { documentOf } from '../engine/engine.ts';
import {
  arrayFiltersOf,
  docField,
  docsField,
  numberField,
  rawDocsField,
  refuseCollation,
  sortField,
  textField,
} from '../engine/fields.ts';
import { insertDocument, insertUpsert, updateDocument } from '../engine/write-document.ts';
import { CommandError, failedToParse } from '../errors.ts';
import { compileFilter } from '../match/filter.ts';
import { compileModifier, isOperatorUpdate } from '../update/modifier.ts';
import { type Doc, isArray } from '../values/types.ts';
import type { CommandContext } from './command.ts';
import { hintOf } from './find.ts';

/** Runs each item; the first that is refused ends an ordered command, an unordered one goes on. */
function eachItem<T>(command: Doc, items: readonly T[], run: (item: T, index: number) => void): Doc {
  const writeErrors: Doc[] = [];
  for (const [index, item] of items.entries()) {
    try {
      run(item, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.duplicate });
      if (command.ordered !== false) break;
    }
  }
  return writeErrors.length ? { writeErrors } : {};
}

export function insert({ engine, db, command }: CommandContext): Doc {
  const collection = engine.store.ensureCollection(db, textField(command, 'insert'));
  let n = 0;
  const errors = eachItem(command, rawDocsField(command, 'documents'), (doc) => {
    insertDocument(collection, doc);
    n++;
  });
  return { n, ...errors, ok: 1 };
}

export function update(context: CommandContext): Doc {
  const totals = { n: 0, nModified: 0 };
  const upserted: Doc[] = [];
  const errors = eachItem(context.command, docsField(context.command, 'updates'), (statement, index) => {
    const { matched, modified, upsertedId } = updateOne(context, statement);
    totals.n += matched;
    totals.nModified += modified;
    if (upsertedId !== undefined) upserted.push({ index, _id: upsertedId });
  });
  return { ...totals, ...(upserted.length ? { upserted } : {}), ...errors, ok: 1 };
}

function updateOne({ engine, db, command }: CommandContext, statement: Doc) {
  refuseCollation(statement);
  const filter = docField(statement, 'q') ?? {};
  const modify = compileModifier(statement.u, arrayFiltersOf(statement));
  const multi = statement.multi === true;
  if (multi && !isArray(statement.u) && !isOperatorUpdate(statement.u)) {
    throw failedToParse('multi update is not supported for replacement-style update');
  }
  const name = textField(command, 'update');
  const collection = statement.upsert ? engine.store.ensureCollection(db, name) : engine.store.collection(db, name);
  if (!collection) {
    compileFilter(filter);
    return { matched: 0, modified: 0 };
  }
  const query = { filter, sort: sortField(statement), limit: multi ? 0 : 1, hint: hintOf(statement) };
  const matches = engine.all(collection, query);
  if (!matches.length && statement.upsert) {
    const { doc } = insertUpsert(collection, filter, statement.u, modify);
    return { matched: 1, modified: 0, upsertedId: doc._id };
  }
  const changed = matches.filter((match) => updateDocument(collection, match, modify, filter).changed);
  return { matched: matches.length, modified: changed.length };
}

export function remove({ engine, db, command }: CommandContext): Doc {
  const collection = engine.store.collection(db, textField(command, 'delete'));
  let n = 0;
  const errors = eachItem(command, docsField(command, 'deletes'), (statement) => {
    refuseCollation(statement);
    const filter = docField(statement, 'q') ?? {};
    if (!collection) return void compileFilter(filter);
    const limit = numberField(statement, 'limit') ?? 0;
    for (const match of engine.all(collection, { filter, limit, hint: hintOf(statement) })) {
      collection.remove(match.id, documentOf(match));
      n++;
    }
  });
  return { n, ...errors, ok: 1 };
}
