import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { mainPath } from './main-path.ts';
import { spawnServer } from './server-child.ts';

const { MongoClient } = mongoose.mongo;
const directory = temporaryDirectory();
afterAll(() => directory.remove());

const silent = () => undefined;

/** Writes until the server is killed under it, and tells which writes were acknowledged. */
async function writeUntilKilled(uri: string, pid: number, writers: number, writes: number) {
  const client = await new MongoClient(uri, { retryWrites: false, serverSelectionTimeoutMS: 500 }).connect();
  const collection = client.db('test').collection<{ _id: string; n: number }>('writes');
  await collection.createIndex({ n: 1 }, { unique: true });
  const acknowledged = new Map<string, number>();
  let count = await collection.countDocuments();
  const write = async (writer: number) => {
    for (let i = 0; ; i++) {
      const [id, n] = [`${pid}-${writer}-${i}`, count++];
      await collection.insertOne({ _id: id, n });
      acknowledged.set(id, n);
      await collection.updateOne({ _id: id }, { $set: { n: -1 - n } });
      acknowledged.set(id, -1 - n);
      if (acknowledged.size >= writes) process.kill(pid, 'SIGKILL');
    }
  };
  await Promise.allSettled(Array.from({ length: writers }, (_, writer) => write(writer)));
  await client.close();
  return acknowledged;
}

async function readAll(uri: string) {
  const client = await new MongoClient(uri).connect();
  const collection = client.db('test').collection<{ _id: string; n: number }>('writes');
  const documents = await collection.find().toArray();
  const counts = [
    await collection.estimatedDocumentCount(),
    await collection.countDocuments({ n: { $gte: -1e9 } }, { hint: 'n_1' }),
  ];
  await client.close();
  return { stored: new Map(documents.map(({ _id, n }) => [_id, n])), counts };
}

describe('a server that is killed in a burst of writers', () => {
  it('has every acknowledged write', async () => {
    const main = await mainPath();
    const args = ['--data', join(directory.path, 'killed')];
    const expected = new Map<string, number>();
    for (const kill of [1, 2]) {
      const server = await spawnServer(main, args, silent);
      const acknowledged = await writeUntilKilled(server.ready.uri, server.ready.pid, 20, 250 * kill);
      for (const [id, n] of acknowledged) expected.set(id, n);
      expect(await server.exited).toBe('ended by SIGKILL');
    }
    const server = await spawnServer(main, args, silent);
    const { stored, counts } = await readAll(server.ready.uri);
    await server.stop();
    // An insert's update may have been kept without its acknowledgement having arrived.
    const lost = [...expected].filter(([id, n]) => stored.get(id) !== n && (n < 0 || stored.get(id) !== -1 - n));
    expect(lost).toEqual([]);
    expect(counts).toEqual([stored.size, stored.size]);
  }, 30_000);
});

/** A parent that starts the server, tells where, and then only waits. */
const PARENT = `
  const [main, dataDir] = process.argv.slice(1);
  const child = require('node:child_process').spawn(process.execPath, [main, '--data', dataDir], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  setInterval(() => child.pid, 1000);
`;

const firstLine = (child: ChildProcess) =>
  new Promise<string>((resolve) => createInterface(child.stdout!).once('line', resolve));

describe('a server whose parent is killed', () => {
  it('ends, and lets go of the data directory', async () => {
    const main = await mainPath();
    const dataDir = join(directory.path, 'orphan');
    const parent = spawn(process.execPath, ['-e', PARENT, main, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    const { pid } = JSON.parse(await firstLine(parent)) as { pid: number };
    // The server holds the other end of this pipe: it closes when both are gone.
    const bothGone = once(parent.stdout!, 'close');
    parent.stdout!.resume();
    parent.kill('SIGKILL');
    await bothGone;
    const next = await spawnServer(main, ['--data', dataDir], silent);
    expect(next.ready.pid).not.toBe(pid);
    await next.stop();
  }, 30_000);
});
