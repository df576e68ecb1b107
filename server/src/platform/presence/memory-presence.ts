import { LocalLocks } from './local-locks.ts';
import type { Lease, Presence } from './presence.ts';

/*
 * Why like this: one process needs no coordination, and what is true only now may be forgotten at its end. Expiry is
 * looked at when asked; the sweep only keeps memory from growing.
 */
const SWEEP_MS = 60_000;

/** When each connection runs out, by member and connection. */
type Members = Map<string, Map<string, number>>;

interface Hits {
  times: number[];
  windowMs: number;
}

export class MemoryPresence implements Presence {
  readonly #scopes = new Map<string, Members>();
  readonly #leases = new Map<string, AbortController>();
  readonly #locks = new LocalLocks();
  readonly #buckets = new Map<string, Hits>();
  readonly #sweep = setInterval(() => this.#forget(Date.now()), SWEEP_MS).unref();

  async enter(scope: string, member: string, connection: string, ttlMs: number): Promise<void> {
    const members: Members = this.#scopes.get(scope) ?? new Map();
    const connections = members.get(member) ?? new Map<string, number>();
    connections.set(connection, Date.now() + ttlMs);
    members.set(member, connections);
    this.#scopes.set(scope, members);
  }

  async leave(scope: string, member: string, connection: string): Promise<void> {
    this.#scopes.get(scope)?.get(member)?.delete(connection);
  }

  async members(scope: string): Promise<string[]> {
    const members = this.#scopes.get(scope) ?? new Map();
    dropExpired(members, Date.now());
    return [...members.keys()];
  }

  async lease(name: string): Promise<Lease | null> {
    if (this.#leases.has(name)) return null;
    const holder = new AbortController();
    this.#leases.set(name, holder);
    return {
      signal: holder.signal,
      release: async () => {
        if (this.#leases.get(name) === holder) this.#leases.delete(name);
        holder.abort(new Error(`the lease ${name} is released`));
      },
    };
  }

  async exclusive<T>(name: string, waitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const release = await this.#locks.acquire(name, waitMs);
    try {
      return await work(new AbortController().signal);
    } finally {
      release();
    }
  }

  async take(bucket: string, limit: number, windowMs: number) {
    const now = Date.now();
    const times = (this.#buckets.get(bucket)?.times ?? []).filter((time) => time > now - windowMs);
    this.#buckets.set(bucket, { times, windowMs });
    if (times.length < limit) {
      times.push(now);
      return { ok: true } as const;
    }
    // Limit 0 never lets anything pass: then there is no oldest one to wait for.
    const oldest = times[times.length - limit] ?? now;
    return { ok: false, retryAfterMs: oldest + windowMs - now } as const;
  }

  async healthy(): Promise<{ ok: boolean; detail: string }> {
    return { ok: true, detail: 'in the process' };
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    for (const [name, holder] of this.#leases) holder.abort(new Error(`the lease ${name} ends with the process`));
    this.#leases.clear();
  }

  #forget(now: number): void {
    for (const [scope, members] of this.#scopes) {
      dropExpired(members, now);
      if (members.size === 0) this.#scopes.delete(scope);
    }
    for (const [bucket, { times, windowMs }] of this.#buckets) {
      if ((times.at(-1) ?? 0) <= now - windowMs) this.#buckets.delete(bucket);
    }
  }
}

function dropExpired(members: Members, now: number): void {
  for (const [member, connections] of members) {
    for (const [connection, end] of connections) if (end <= now) connections.delete(connection);
    if (connections.size === 0) members.delete(member);
  }
}
