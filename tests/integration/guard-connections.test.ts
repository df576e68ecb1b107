import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { mongo } from 'mongoose';
import { guardConnections } from '../../server/src/platform/database/guard-connections.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';

interface DriverServer {
  readonly monitor: { readonly connection: { readonly socket: Socket }; readonly monitorId: MonitorInterval };
  readonly pool: { readonly checkedOutConnections: Set<{ readonly socket: Socket }> };
  requestCheck(): void;
}
interface MonitorInterval {
  minHeartbeatFrequencyMS: number;
}

/** The moment in question, a socket destroyed and its close not yet told, lasts one tick: it is met from inside the driver. */
const serverOf = (client: mongo.MongoClient) => {
  const { servers } = (client as unknown as { topology: { s: { servers: Map<string, DriverServer> } } }).topology.s;
  const [server] = servers.values();
  if (!server) throw new Error('the driver knows no server');
  return server;
};

describe('a connection whose socket dies as it is used', () => {
  let database: TestDatabase;
  let client: mongo.MongoClient;
  beforeEach(async () => {
    database = await openTestDatabase();
    client = database.connection.getClient();
  });
  afterEach(() => database.drop());

  it('is replaced before its heartbeat, which would wait for ever', async () => {
    guardConnections(client);
    const server = serverOf(client);
    if (!server.monitor.connection) await once(client, 'serverHeartbeatSucceeded');
    server.monitor.monitorId.minHeartbeatFrequencyMS = 0;
    const found = once(client, 'serverHeartbeatSucceeded');
    server.monitor.connection.socket.destroy();
    server.requestCheck();
    await found;
    await expect(database.connection.db?.command({ ping: 1 })).resolves.toMatchObject({ ok: 1 });
  });

  it('fails its operation, and the next one has another connection', async () => {
    client.once('connectionCheckedOut', () =>
      [...serverOf(client).pool.checkedOutConnections].at(-1)?.socket.destroy(),
    );
    guardConnections(client);
    const db = database.connection.db;
    await expect(db?.command({ ping: 1 })).rejects.toThrow(/connection .* closed|socket/i);
    await expect(db?.command({ ping: 1 })).resolves.toMatchObject({ ok: 1 });
  });
});
