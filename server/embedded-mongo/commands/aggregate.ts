import { encode } from '../bson.ts';
import { runPipeline } from '../aggregate/run-pipeline.ts';
import { FIRST_BATCH, listCursor } from '../engine/cursors.ts';
import { documentOf } from '../engine/engine.ts';
import { docField, numberField, textField } from '../engine/fields.ts';
import { valueKey } from '../values/key-encoding.ts';
import { visitElements } from '../values/paths.ts';
import type { Doc } from '../values/types.ts';
import type { CommandContext } from './command.ts';
import { explain } from './explain.ts';
import { hintOf } from './find.ts';

export function aggregate(context: CommandContext): Doc {
  const { engine, db, command } = context;
  if (command.explain) return explain(context);
  const name = typeof command.aggregate === 'string' ? command.aggregate : undefined;
  const documents = runPipeline(engine, { db, collection: name, pipeline: command.pipeline, hint: hintOf(command) });
  const cursor = listCursor(
    `${db}.${name ?? '$cmd.aggregate'}`,
    documents.map((document) => (Buffer.isBuffer(document) ? document : encode(document))),
  );
  return engine.cursors.start(cursor, numberField(docField(command, 'cursor') ?? {}, 'batchSize') ?? FIRST_BATCH);
}

export function count({ engine, db, command }: CommandContext): Doc {
  const collection = engine.store.collection(db, textField(command, 'count'));
  const found = collection ? engine.count(collection, docField(command, 'query') ?? {}, hintOf(command)) : 0;
  const rest = Math.max(0, found - (numberField(command, 'skip') ?? 0));
  const limit = Math.abs(numberField(command, 'limit') ?? 0);
  return { n: limit ? Math.min(rest, limit) : rest, ok: 1 };
}

export function distinct({ engine, db, command }: CommandContext): Doc {
  const collection = engine.store.collection(db, textField(command, 'distinct'));
  const parts = textField(command, 'key').split('.');
  const values = new Map<string, unknown>();
  const matches = collection ? engine.matches(collection, { filter: docField(command, 'query') ?? {} }) : [];
  for (const match of matches) {
    visitElements(documentOf(match), parts, (value) => {
      if (value !== undefined) values.set(valueKey(value), value);
    });
  }
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1));
  return { values: sorted.map(([, value]) => value), ok: 1 };
}
