import { afterAll, beforeAll, expect, it } from '@jest/globals';
import mongoose, { type Connection } from 'mongoose';
import { startEmbeddedMongo, type EmbeddedMongo } from '@switchboard/embedded-mongo';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHub, type TestHub } from '../support/hub.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

/** What a process leaves that is killed between storing an entry and applying it to its ticket. */
let folder: string;
let database: EmbeddedMongo;
let connection: Connection;
let hub: TestHub;
let line: SmsLine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cut-off-'));
  database = await startEmbeddedMongo({ dataDir: folder });
  connection = await mongoose.createConnection(database.uri, { dbName: 'switchboard' }).asPromise();
  hub = await startHub({ env: { MONGODB_URI: database.uri } });
  line = await SmsLine.of(hub);
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await line.provider.close();
  await connection.close();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

it('finishes the work that another process was killed in, before the next change', async () => {
  await line.receives(hub.url, '+15557770001', 'first words');
  const { detail } = await theTicketWith(hub.admin, 'first words');
  const { id, seq } = detail.ticket;
  const entries = connection.collection<{ _id: string }>('entries');
  const patch = { priority: 'urgent' };
  const author = { kind: 'agent', id: null, name: 'Killed' };
  const event = { type: 'event', event: 'priority.changed', from: 'normal', to: 'urgent', at: new Date(), author };
  await entries.insertOne({ _id: crypto.randomUUID(), ticketId: id, seq: seq + 1, patch, ...event } as { _id: string });

  const changed = await hub.admin.call('tickets.update', { params: { id }, body: { addTags: ['after'] } });
  expect(changed).toMatchObject({ seq: seq + 2, priority: 'urgent', tags: ['after'] });
});
