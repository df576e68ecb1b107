import { randomBytes } from 'node:crypto';
import { namesIn } from '../../server/src/platform/bus/rabbit/topology.ts';
import { SubscriptionRegistry } from '../../server/src/platform/bus/subscription-registry.ts';
import { removeRedisKeys } from './redis-keys.ts';
import { removeFromBroker } from './remove-from-broker.ts';
import { aNamespace, databaseUri, openTestDatabase, rabbitUrl, redisUrl } from './services/index.ts';

export interface Centre {
  /** For each of its hub processes. */
  readonly env: Record<string, string>;
  /** Leaves nothing behind: queues, keys, database. */
  remove(): Promise<void>;
}

/** A centre of the cluster profile on the run's RabbitMQ, Redis and database server, under a name of its own. */
export function aCentre(): Centre {
  const namespace = aNamespace();
  return {
    env: {
      AMQP_URL: rabbitUrl() ?? '',
      REDIS_URL: redisUrl() ?? '',
      MONGODB_URI: databaseUri(),
      NAMESPACE: namespace,
      SECRET_KEY: randomBytes(32).toString('hex'),
    },
    async remove() {
      const home = await openTestDatabase(databaseUri(), namespace);
      const known = await new SubscriptionRegistry(home.connection).all();
      await removeFromBroker(namesIn(namespace), known, rabbitUrl() ?? '');
      await removeRedisKeys(redisUrl() ?? '', namespace);
      await home.drop();
    },
  };
}
