import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo, type Durability } from '@switchboard/embedded-mongo';
import { startFloor } from '../floor/start-floor.ts';
import { startHubSubject, type HubSubject } from './start-hub.ts';
import { removeFromBrokers, type Brokers } from './brokers.ts';
import type { Subject } from './subject.ts';

export interface Pair {
  readonly hub: HubSubject;
  readonly floor: Subject;
  /** Ends both and removes what they stored. */
  stop(): Promise<void>;
}

/** A hub and its floor, each with an embedded database of its own. */
export async function embeddedPair(): Promise<Pair> {
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-floor-'));
  const floor = await startFloor({ namespace: 'floor', dataDir });
  const hub = await startHubSubject();
  return {
    hub,
    floor,
    async stop() {
      await Promise.all([hub.stop(), floor.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface BenchDatabase {
  readonly uri: string;
  readonly pids: () => number[];
  remove(): Promise<void>;
}

/** A database server as a process of its own, for hubs or floors of the cluster profile. */
export async function aDatabase(durability: Durability = 'safe'): Promise<BenchDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-database-'));
  const server = await startEmbeddedMongo({ dataDir, durability });
  return {
    uri: server.uri,
    pids: () => [server.pid()],
    async remove() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The settings that all hub processes of one centre share. */
export const clusterEnv = ({ amqpUrl, redisUrl }: Brokers, mongoUri: string): Record<string, string> => ({
  AMQP_URL: amqpUrl,
  REDIS_URL: redisUrl,
  MONGODB_URI: mongoUri,
  NAMESPACE: `bench-${randomBytes(4).toString('hex')}`,
  SECRET_KEY: randomBytes(32).toString('hex'),
});

/** A hub and its floor on the brokers of this machine, each with a database server of its own. */
export async function clusterPair(brokers: Brokers): Promise<Pair & { readonly env: Record<string, string> }> {
  const started: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const undo of started.splice(0).toReversed()) await undo();
  };
  try {
    const [own, other] = [await aDatabase(), await aDatabase()];
    started.push(own.remove, other.remove);
    const env = clusterEnv(brokers, own.uri);
    const { NAMESPACE: namespace = '' } = env;
    started.push(() => removeFromBrokers(brokers, namespace, own.uri));
    const hub = await startHubSubject(env, own.pids);
    started.push(hub.stop);
    const { amqpUrl, redisUrl } = brokers;
    const floor = await startFloor({ namespace, mongoUri: other.uri, amqpUrl, redisUrl }, other.pids);
    started.push(floor.stop);
    return { hub, floor, env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
