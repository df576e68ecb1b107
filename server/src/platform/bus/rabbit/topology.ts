import type { Connection } from 'rabbitmq-client';
import type { Subscription } from '../bus.ts';
import type { SubscriptionDocument } from '../subscription-registry.ts';

/**
 * A message's routing key is its topic and the slot of its key. Queues take whole slots, so a publisher need not know
 * how many shards a subscription has, and the order within a key needs no plugin of the broker.
 */
export const SLOTS = 32;

/** After so many deliveries without an answer the broker gives a message up: it seems to kill who takes it. */
const DELIVERY_LIMIT = 20;

export interface Names {
  readonly events: string;
  readonly broadcast: string;
  readonly dead: string;
  subscription(name: string): string;
  shard(name: string, shard: number): string;
  retry(name: string, delayMs: number): string;
  /** The subscription of a shard's queue. */
  ownerOf(queue: string): string;
}

export function namesIn(namespace: string): Names {
  const subscription = (name: string) => `${namespace}.sub.${name}`;
  return {
    events: `${namespace}.events`,
    broadcast: `${namespace}.broadcast`,
    dead: `${namespace}.dead`,
    subscription,
    shard: (name, shard) => `${subscription(name)}.${shard}`,
    retry: (name, delayMs) => `${subscription(name)}.retry.${delayMs}`,
    ownerOf: (queue) => queue.slice(`${namespace}.sub.`.length, queue.lastIndexOf('.')),
  };
}

/** Nothing is lost on the way to a dead-letter exchange; this needs the overflow setting, though no length is limited. */
const deadLetterTo = (exchange: string) =>
  ({
    'x-queue-type': 'quorum',
    'x-dead-letter-exchange': exchange,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  }) as const;

export async function declareCommon(connection: Connection, names: Names): Promise<void> {
  await connection.exchangeDeclare({ exchange: names.events, type: 'topic', durable: true });
  await connection.exchangeDeclare({ exchange: names.broadcast, type: 'topic', durable: true });
  await connection.exchangeDeclare({ exchange: names.dead, type: 'fanout', durable: true });
  await connection.queueDeclare({ queue: names.dead, durable: true, arguments: { 'x-queue-type': 'quorum' } });
  await connection.queueBind({ exchange: names.dead, queue: names.dead });
}

/** `before`: the same subscription as an earlier release declared it; what it bound and this one does not is undone. */
export async function declareSubscription(
  connection: Connection,
  names: Names,
  { name, topics, shards, retryDelaysMs }: Omit<Subscription, 'handle'>,
  before: SubscriptionDocument | null,
): Promise<void> {
  const exchange = names.subscription(name);
  await connection.exchangeDeclare({ exchange, type: 'topic', durable: true });
  for (let shard = 0; shard < shards; shard++) await declareShard(connection, names, names.shard(name, shard));
  for (const delayMs of retryDelaysMs) await declareRetry(connection, names.retry(name, delayMs), exchange, delayMs);
  await bindSlots(connection, names, name, shards, before?.shards ?? shards);
  const link = { source: names.events, destination: exchange };
  for (const topic of topics) await connection.exchangeBind({ ...link, routingKey: `${topic}.*` });
  const dropped = before?.topics.filter((topic) => !topics.includes(topic)) ?? [];
  for (const topic of dropped) await connection.exchangeUnbind({ ...link, routingKey: `${topic}.*` });
}

async function declareShard(connection: Connection, names: Names, queue: string): Promise<void> {
  const own = { 'x-single-active-consumer': true, 'x-delivery-limit': DELIVERY_LIMIT };
  await connection.queueDeclare({ queue, durable: true, arguments: { ...deadLetterTo(names.dead), ...own } });
}

/**
 * One queue per delay: with a time to live per message, a long one at the head would hold up the short ones behind it.
 * A message keeps its routing key on the way through, and so comes back to its own shard.
 */
async function declareRetry(connection: Connection, name: string, exchange: string, delayMs: number): Promise<void> {
  await connection.exchangeDeclare({ exchange: name, type: 'fanout', durable: true });
  const queueArguments = { ...deadLetterTo(exchange), 'x-message-ttl': delayMs };
  await connection.queueDeclare({ queue: name, durable: true, arguments: queueArguments });
  await connection.queueBind({ exchange: name, queue: name });
}

async function bindSlots(connection: Connection, names: Names, name: string, shards: number, previously: number) {
  const exchange = names.subscription(name);
  for (let slot = 0; slot < SLOTS; slot++) {
    const binding = { exchange, routingKey: `#.${slot}` };
    await connection.queueBind({ ...binding, queue: names.shard(name, slot % shards) });
    // First bind, then unbind: a message may come twice at the change, but none gets lost.
    if (slot % previously !== slot % shards) {
      await connection.queueUnbind({ ...binding, queue: names.shard(name, slot % previously) });
    }
  }
}
