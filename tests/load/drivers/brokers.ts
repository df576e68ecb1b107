import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { Connection } from 'rabbitmq-client';
import { namesIn } from '../../../server/src/platform/bus/rabbit/topology.ts';
import { SubscriptionRegistry } from '../../../server/src/platform/bus/subscription-registry.ts';
import { queuesOfFloor } from '../floor/raw-bus.ts';
import { find, services } from '../../support/services/find-services.mjs';

export interface Brokers {
  readonly amqpUrl: string;
  readonly redisUrl: string;
  /** Ends what was started for this run. */
  stop(): Promise<void>;
}

/** RabbitMQ and Redis of the environment, of this machine, or started for the run. */
export async function findBrokers(): Promise<Brokers> {
  const [rabbit, redis] = await Promise.all(['RabbitMQ', 'Redis'].map((name) => the(name)));
  return {
    amqpUrl: rabbit?.value ?? '',
    redisUrl: redis?.value ?? '',
    async stop() {
      await Promise.all([rabbit?.stop?.(), redis?.stop?.()]);
    },
  };
}

async function the(name: string) {
  const service = services.find((one) => one.name === name);
  const found = service === undefined ? null : await find(service);
  if (found === null) throw new Error(`${name} can't be had: install it, or name it in the environment`);
  return found;
}

/** Leaves no queue and no key of a centre behind. */
export async function removeFromBrokers(brokers: Brokers, namespace: string, mongoUri: string): Promise<void> {
  const database = await mongoose.createConnection(mongoUri, { dbName: namespace }).asPromise();
  const subscriptions = await new SubscriptionRegistry(database).all();
  await database.close();
  const names = namesIn(namespace);
  const rabbit = new Connection({ url: brokers.amqpUrl, noDelay: true });
  for (const { _id, lanes, retryDelaysMs } of subscriptions) {
    const retries = retryDelaysMs.map((delayMs) => names.retry(_id, delayMs));
    const shards = Array.from({ length: lanes }, (_, shard) => names.shard(_id, shard));
    for (const queue of [...shards, ...retries]) await rabbit.queueDelete({ queue });
    for (const exchange of [names.subscription(_id), ...retries]) await rabbit.exchangeDelete({ exchange });
  }
  for (const queue of [names.dead, ...queuesOfFloor(namespace)]) await rabbit.queueDelete({ queue });
  for (const exchange of [names.events, names.broadcast, names.dead]) await rabbit.exchangeDelete({ exchange });
  await rabbit.close();
  await removeKeys(brokers.redisUrl, namespace);
}

async function removeKeys(url: string, namespace: string): Promise<void> {
  const redis = new Redis(url);
  for await (const keys of redis.scanStream({ match: `${namespace}:*`, count: 500 }))
    if (keys.length > 0) await redis.del(...(keys as string[]));
  await redis.quit();
}
