import { Connection as Broker } from 'rabbitmq-client';
import type { Names } from '../../server/src/platform/bus/rabbit/topology.ts';
import type { SubscriptionDocument } from '../../server/src/platform/bus/subscription-registry.ts';

/** Takes away all that a namespace has declared. */
export async function removeFromBroker(
  names: Names,
  subscriptions: readonly SubscriptionDocument[],
  url: string,
): Promise<void> {
  const broker = new Broker({ url, noDelay: true });
  // A connection that breaks fails the call that is under way; the next one has a new connection.
  broker.on('error', (error) => process.stderr.write(`The connection for cleaning up broke: ${error}\n`));
  for (const { _id, lanes, retryDelaysMs } of subscriptions) {
    const retries = retryDelaysMs.map((delayMs) => names.retry(_id, delayMs));
    const shards = Array.from({ length: lanes }, (_, shard) => names.shard(_id, shard));
    for (const queue of [...shards, ...retries]) await broker.queueDelete({ queue });
    for (const exchange of [names.subscription(_id), ...retries]) await broker.exchangeDelete({ exchange });
  }
  await broker.queueDelete({ queue: names.dead });
  for (const exchange of [names.events, names.broadcast, names.dead]) await broker.exchangeDelete({ exchange });
  await broker.close();
}
