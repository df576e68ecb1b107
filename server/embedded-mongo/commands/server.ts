import { ObjectId } from 'bson';
import { CommandError } from '../errors.ts';
import { MAX_DOCUMENT_BYTES } from '../storage/collection.ts';
import type { Doc } from '../values/types.ts';
import type { CommandContext } from './command.ts';

const VERSION = '7.0.0';

/**
 * A standalone of MongoDB 7.0: no replica set name, so that drivers number no writes for a retry; no topologyVersion,
 * so that they do not stream heartbeats; below wire version 25, so that they do not use the bulkWrite command.
 */
export const hello = ({ connectionId, engine }: CommandContext): Doc => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: new Date(engine.now()),
  logicalSessionTimeoutMinutes: 30,
  connectionId,
  minWireVersion: 0,
  maxWireVersion: 21,
  readOnly: false,
  ok: 1,
});

export const done = (): Doc => ({ ok: 1 });

export const startSession = (): Doc => ({ id: { id: new ObjectId() }, timeoutMinutes: 30, ok: 1 });

export const buildInfo = (): Doc => ({
  version: VERSION,
  versionArray: [...VERSION.split('.').map(Number), 0],
  gitVersion: 'embedded',
  modules: ['switchboard-embedded-mongo'],
  bits: 64,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  ok: 1,
});

export const serverStatus = ({ engine }: CommandContext): Doc => ({
  host: 'embedded',
  version: VERSION,
  process: 'embedded-mongo',
  pid: process.pid,
  uptime: process.uptime(),
  mem: process.memoryUsage(),
  collectionScans: engine.stats.scans,
  ok: 1,
});

/** Not MongoDB's: the collection scans since the start, or since the last call with `reset: true`. */
export function scanStats({ engine: { stats }, db, command }: CommandContext): Doc {
  if (db !== 'admin') {
    throw new CommandError(13, 'Unauthorized', 'scanStats may only be run against the admin database.');
  }
  const answer = { scans: stats.scans, last: [...stats.last], ok: 1 };
  if (command.reset === true) stats.reset();
  return answer;
}

export const connectionStatus = (): Doc => ({
  authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
  ok: 1,
});

/** In MongoDB's words for a server that is no member of a replica set. */
export const noTransactions = (): never => {
  const message = 'Transaction numbers are only allowed on a replica set member or mongos';
  throw new CommandError(20, 'IllegalOperation', `${message}: the embedded database has no transactions`);
};
