import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { within } from '../../clock/within.ts';
import type { Log } from '../../log/log.ts';
import { LocalLocks } from '../local-locks.ts';
import type { Lease, Presence } from '../presence.ts';
import { takeLease } from './redis-lease.ts';
import { withScripts, type PresenceCommands } from './scripts.ts';

/*
 * Why like this: all that must be one step is one Lua script, and the time in it is Redis's. Nothing here has to survive
 * Redis: connections say again that they are there, and leases that are lost say so.
 */
export interface RedisPresenceOptions {
  readonly url: string;
  readonly namespace: string;
}

const CONNECT_MS = 15_000;
const HEALTH_MS = 2_000;
/** Long enough for a process that is busy; one that dies keeps others waiting no longer. */
const EXCLUSIVE_TTL_MS = 10_000;
const FIRST_WAIT_MS = 4;
const LONGEST_WAIT_MS = 64;

export async function openRedisPresence({ url, namespace }: RedisPresenceOptions, log: Log): Promise<Presence> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 2, connectionName: `${namespace}:presence` });
  redis.on('error', (error) => log.warn('The connection of presence to Redis failed', { error }));
  try {
    await within(CONNECT_MS, redis.connect());
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  return new RedisPresence(withScripts(redis), namespace, log);
}

class RedisPresence implements Presence {
  readonly #locks = new LocalLocks();
  readonly #leases = new Set<Lease>();

  constructor(
    private readonly redis: Redis & PresenceCommands,
    private readonly namespace: string,
    private readonly log: Log,
  ) {}

  async enter(scope: string, member: string, connection: string, ttlMs: number): Promise<void> {
    await this.redis.presenceEnter(this.#key('present', scope), JSON.stringify([member, connection]), ttlMs);
  }

  async leave(scope: string, member: string, connection: string): Promise<void> {
    await this.redis.zrem(this.#key('present', scope), JSON.stringify([member, connection]));
  }

  async members(scope: string): Promise<string[]> {
    const entries = await this.redis.presenceMembers(this.#key('present', scope));
    return [...new Set(entries.map((entry) => (JSON.parse(entry) as [string, string])[0]))];
  }

  async lease(name: string, ttlMs: number): Promise<Lease | null> {
    const lease = await takeLease(this.redis, this.#key('lease', name), ttlMs, this.log);
    if (!lease) return null;
    this.#leases.add(lease);
    lease.signal.addEventListener('abort', () => this.#leases.delete(lease), { once: true });
    return lease;
  }

  /** Those of this process line up in memory, so that only one of them asks Redis. */
  async exclusive<T>(name: string, waitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const deadline = Date.now() + waitMs;
    const release = await this.#locks.acquire(name, waitMs);
    try {
      const lease = await this.#waitForLease(name, deadline);
      try {
        return await work(lease.signal);
      } finally {
        await lease.release();
      }
    } finally {
      release();
    }
  }

  async take(bucket: string, limit: number, windowMs: number) {
    const wait = await this.redis.rateTake(this.#key('rate', bucket), limit, windowMs, randomUUID());
    return wait === 0 ? ({ ok: true } as const) : ({ ok: false, retryAfterMs: wait } as const);
  }

  async healthy(): Promise<{ ok: boolean; detail: string }> {
    try {
      await within(HEALTH_MS, this.redis.ping());
      return { ok: true, detail: 'Redis is connected' };
    } catch (error) {
      return { ok: false, detail: `Redis does not answer: ${(error as Error).message}` };
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#leases].map((lease) => lease.release()));
    await this.redis.quit().catch(() => this.redis.disconnect());
  }

  async #waitForLease(name: string, deadline: number): Promise<Lease> {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const lease = await takeLease(this.redis, this.#key('exclusive', name), EXCLUSIVE_TTL_MS, this.log);
      if (lease) return lease;
      if (Date.now() >= deadline) throw new Error(`${name} was not free in time`);
      await delay(Math.min(randomInt(1, wait + 1), Math.max(deadline - Date.now(), 1)));
    }
  }

  #key(kind: string, name: string): string {
    return `${this.namespace}:${kind}:${name}`;
  }
}
