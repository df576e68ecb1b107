import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from '@switchboard/embedded-mongo';
import { startFloor } from '../floor/start-floor.ts';
import { startHubSubject, type HubSubject } from './start-hub.ts';
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

export interface Brokers {
  readonly amqpUrl: string;
  readonly redisUrl: string;
}

/** A database server as a process of its own, for hubs or floors of the cluster profile. */
export async function aDatabase(): Promise<{ uri: string; pids(): number[]; remove(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-database-'));
  const server = await startEmbeddedMongo({ dataDir });
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
