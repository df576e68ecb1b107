import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { repeat } from '../../clock/repeat.ts';
import type { Log } from '../../log/log.ts';
import type { Lease } from '../presence.ts';
import type { PresenceCommands } from './scripts.ts';

/**
 * A key with a random token as its value: only who knows the token renews or releases it. What it protects is told to stop
 * by this process's own clock, counted from before the last renewal was asked for: also when Redis does not answer.
 */
export async function takeLease(
  redis: Redis & PresenceCommands,
  key: string,
  ttlMs: number,
  log: Log,
): Promise<Lease | null> {
  const token = randomUUID();
  const asked = Date.now();
  if ((await redis.set(key, token, 'PX', ttlMs, 'NX')) !== 'OK') return null;
  return new RedisLease(redis, { key, token, ttlMs, asked }, log);
}

class RedisLease implements Lease {
  readonly #loss = new AbortController();
  readonly #stopRenewing: () => Promise<void>;
  #deadline: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: Redis & PresenceCommands,
    private readonly held: { key: string; token: string; ttlMs: number; asked: number },
    private readonly log: Log,
  ) {
    this.#heldSince(held.asked);
    const failed = (error: unknown) => log.warn('A lease could not be renewed', { lease: held.key, error });
    this.#stopRenewing = repeat(held.ttlMs / 3, () => this.#renew(), failed);
  }

  get signal(): AbortSignal {
    return this.#loss.signal;
  }

  async release(): Promise<void> {
    this.#end('is released');
    await this.#stopRenewing();
    await this.redis.leaseRelease(this.held.key, this.held.token).catch((error: unknown) => {
      this.log.warn('A lease is left to run out', { lease: this.held.key, error });
    });
  }

  async #renew(): Promise<void> {
    if (this.signal.aborted) return;
    const { key, token, ttlMs } = this.held;
    const asked = Date.now();
    if ((await this.redis.leaseRenew(key, token, ttlMs)) === 1) this.#heldSince(asked);
    else this.#lose('is held by another');
  }

  #heldSince(instant: number): void {
    clearTimeout(this.#deadline);
    if (this.signal.aborted) return;
    this.#deadline = setTimeout(() => this.#lose('has run out'), instant + this.held.ttlMs - Date.now()).unref();
  }

  #lose(why: string): void {
    this.log.warn('A lease was lost', { lease: this.held.key, why });
    this.#end(why);
    void this.#stopRenewing();
  }

  #end(why: string): void {
    clearTimeout(this.#deadline);
    this.#loss.abort(new Error(`the lease ${this.held.key} ${why}`));
  }
}
