import { runCommand } from '../commands/table.ts';
import { decode } from '../bson.ts';
import { Engine } from '../engine/engine.ts';
import { encodeReply } from '../engine/reply.ts';
import { openKeyValue } from '../storage/key-value.ts';
import { Store } from '../storage/store.ts';
import type { Doc } from '../values/types.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** An engine on a directory of its own, without the wire: commands go in and answers come out as documents. */
export function openEngine(now?: () => number) {
  const directory = temporaryDirectory();
  const keyValue = openKeyValue(directory.path, 'fast');
  const engine = new Engine(new Store(keyValue), now);
  const run = (command: Doc, db = 'test'): Doc => {
    let reply: Doc = {};
    engine.store.transaction(() => {
      reply = decode(encodeReply(runCommand({ engine, command: { ...command, $db: db }, connectionId: 1 })));
    });
    return reply;
  };
  const find = (command: Doc): Doc[] =>
    (run({ ...command, batchSize: 1e6 }).cursor as { firstBatch: Doc[] }).firstBatch;
  const close = async () => {
    await keyValue.close();
    directory.remove();
  };
  return { engine, keyValue, run, find, close };
}
