// The floor as a process of its own, like a hub. Its settings are the first argument, as JSON; it says where it is and waits for its end.
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { startEmbeddedMongo } from '@switchboard/embedded-mongo';
import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { rawDatabaseBus, rawRabbitBus } from './raw-bus.ts';
import { serveRawPath } from './raw-path.ts';
import type { FloorSettings } from './start-floor.ts';

const settings = JSON.parse(process.argv[2] ?? '{}') as FloorSettings;
const embedded = settings.dataDir === undefined ? null : await startEmbeddedMongo({ dataDir: settings.dataDir });
const database = await mongoose
  .createConnection(embedded?.uri ?? settings.mongoUri ?? '', { dbName: settings.namespace, maxPoolSize: 50 })
  .asPromise();
const messages = database.collection('messages');
const { amqpUrl, redisUrl, namespace, authToken } = settings;
const { url } = await serveRawPath({
  authToken,
  bus: amqpUrl === undefined ? rawDatabaseBus(database) : await rawRabbitBus(amqpUrl, namespace),
  insert: (text) => messages.insertOne({ ...text, at: new Date() }),
  ...(redisUrl !== undefined && {
    adapter: createAdapter(new Redis(redisUrl), { streamName: `${namespace}:floor-sockets` }),
  }),
});
process.on('SIGTERM', () => {
  void (embedded?.stop() ?? Promise.resolve()).then(() => process.exit(0));
});
process.stdout.write(`${url}\n`);
