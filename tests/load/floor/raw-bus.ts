import { randomUUID } from 'node:crypto';
import type mongoose from 'mongoose';
import { Connection } from 'rabbitmq-client';

/** Publish with confirm, consume, acknowledge: the least that is at least once. */
export interface RawBus {
  publish(key: string, body: string): Promise<void>;
  consume(handle: (body: string) => Promise<void>): Promise<void>;
}

const QUORUM = { durable: true, arguments: { 'x-queue-type': 'quorum' } } as const;
/** As many ordered lanes as the hub's tickets have. */
const LANES = 8;
const laneOf = (key: string): number => [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % LANES;

/** In the database: inserted before it is handled in this process, deleted after. */
export function rawDatabaseBus(database: mongoose.Connection): RawBus {
  const queue = database.collection<{ _id: string; body: string }>('raw_queue');
  const lanes: Promise<void>[] = Array.from({ length: LANES }, () => Promise.resolve());
  let handler: (body: string) => Promise<void> = async () => {};
  return {
    async publish(key, body) {
      const _id = randomUUID();
      await queue.insertOne({ _id, body });
      const lane = laneOf(key);
      lanes[lane] = (lanes[lane] as Promise<void>).then(async () => {
        await handler(body);
        void queue.deleteOne({ _id });
      });
    },
    async consume(handle) {
      handler = handle;
    },
  };
}

export const queuesOfFloor = (namespace: string): string[] =>
  Array.from({ length: LANES }, (_, lane) => `${namespace}.raw.${lane}`);

/** On RabbitMQ: quorum queues like the hub's, and its two connections. */
export async function rawRabbitBus(url: string, namespace: string): Promise<RawBus> {
  const [out, incoming] = [new Connection({ url, noDelay: true }), new Connection({ url, noDelay: true })];
  await Promise.all([out.onConnect(10_000), incoming.onConnect(10_000)]);
  const publisher = out.createPublisher({ confirm: true });
  const queues = queuesOfFloor(namespace);
  return {
    async publish(key, body) {
      const routingKey = queues[laneOf(key)] as string;
      await publisher.send({ routingKey, durable: true }, Buffer.from(body));
    },
    async consume(handle) {
      for (const queue of queues) {
        const consumer = incoming.createConsumer(
          { queue, queueOptions: QUORUM, qos: { prefetchCount: 10 }, concurrency: 1 },
          ({ body }) => handle((body as Buffer).toString()),
        );
        await new Promise<void>((ready) => consumer.once('ready', () => ready()));
      }
    },
  };
}
