import type { Log } from '../log/log.ts';
import { MemoryPresence } from './memory-presence.ts';
import type { Presence } from './presence.ts';
import { openRedisPresence } from './redis/redis-presence.ts';

export type { Lease, Presence } from './presence.ts';

export interface PresenceSettings {
  /** Unset: in the process. */
  readonly redisUrl?: string | undefined;
  /** Prefix of the keys in Redis. */
  readonly namespace: string;
}

export async function openPresence({ redisUrl, namespace }: PresenceSettings, log: Log): Promise<Presence> {
  if (redisUrl !== undefined) return openRedisPresence({ url: redisUrl, namespace }, log);
  return new MemoryPresence();
}
