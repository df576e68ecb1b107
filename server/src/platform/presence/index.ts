import type { Log } from '../log/log.ts';
import { MemoryPresence } from './memory-presence.ts';
import type { Presence } from './presence.ts';

export type { Lease, Presence } from './presence.ts';

export interface PresenceSettings {
  /** Unset: in the process. */
  readonly redisUrl?: string | undefined;
  /** Prefix of the keys in Redis. */
  readonly namespace: string;
}

export async function openPresence(settings: PresenceSettings, log: Log): Promise<Presence> {
  return new MemoryPresence();
}
