import { Long } from 'bson';
import { encode } from '../bson.ts';
import { FIRST_BATCH, listCursor } from '../engine/cursors.ts';
import { documentOf } from '../engine/engine.ts';
import { docField, numberField, sortField, textField } from '../engine/fields.ts';
import { badValue, unsupported } from '../errors.ts';
import { compileFilter } from '../match/filter.ts';
import { compileProjection } from '../project/projection.ts';
import { toNumber } from '../values/numbers.ts';
import { type Doc, isArray } from '../values/types.ts';
import type { CommandContext } from './command.ts';

export function find({ engine, db, command }: CommandContext): Doc {
  if (command.tailable) throw unsupported('a tailable cursor');
  const name = textField(command, 'find');
  const namespace = `${db}.${name}`;
  const filter = docField(command, 'filter') ?? {};
  const projection = compileProjection(docField(command, 'projection'), filter);
  const sort = sortField(command);
  const limit = numberField(command, 'limit') ?? 0;
  const batchSize = numberField(command, 'batchSize') ?? FIRST_BATCH;
  const collection = engine.store.collection(db, name);
  if (!collection) {
    compileFilter(filter);
    return engine.cursors.start(listCursor(namespace, []), batchSize);
  }
  const skip = numberField(command, 'skip') ?? 0;
  if (skip < 0) throw badValue('Skip value must be non-negative');
  const reader = engine.reader(collection, { filter, sort, skip, limit: Math.abs(limit), hint: hintOf(command) });
  const next = () => {
    const match = reader.next();
    if (!match) return null;
    return projection ? encode(projection(documentOf(match))) : match.raw;
  };
  const single = command.singleBatch === true || limit < 0;
  return engine.cursors.start({ namespace, next, pause: () => reader.pause() }, batchSize, single);
}

/** Drivers send an empty hint as an empty document. */
export function hintOf(command: Doc): unknown {
  const { hint } = command;
  if (hint === undefined || hint === null || hint === '') return undefined;
  return typeof hint === 'object' && !Object.keys(hint).length ? undefined : hint;
}

export function getMore({ engine, command }: CommandContext): Doc {
  return engine.cursors.more(toNumber(command.getMore), numberField(command, 'batchSize') || Infinity);
}

export function killCursors({ engine, command }: CommandContext): Doc {
  const ids = isArray(command.cursors) ? command.cursors.map(toNumber) : [];
  const killed = new Set(ids.filter((id) => engine.cursors.kill(id)));
  const longs = (isKilled: boolean) => ids.filter((id) => killed.has(id) === isKilled).map((id) => Long.fromNumber(id));
  return { cursorsKilled: longs(true), cursorsNotFound: longs(false), cursorsAlive: [], cursorsUnknown: [], ok: 1 };
}
