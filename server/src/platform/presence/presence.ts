/**
 * What is true only now: who is connected, who holds a lease, how often something was tried.
 * Two adapters, one contract suite: in process, or Redis.
 */
export interface Lease {
  /** Aborted when the lease is lost or released: stop what it protects. */
  readonly signal: AbortSignal;
  release(): Promise<void>;
}

export interface Presence {
  /** A connection says what it is part of, and again within `ttlMs` for as long as it is. */
  enter(scope: string, member: string, connection: string, ttlMs: number): Promise<void>;
  leave(scope: string, member: string, connection: string): Promise<void>;
  /** Members with at least one live connection. */
  members(scope: string): Promise<string[]>;
  /** Exclusive among all processes, renewed by itself until released; null while another holds it. */
  lease(name: string, ttlMs: number): Promise<Lease | null>;
  /** Runs `work` alone among all processes; waits up to `waitMs`, then throws. The signal aborts if that can no longer be held. */
  exclusive<T>(name: string, waitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Sliding count: may this happen once more? */
  take(bucket: string, limit: number, windowMs: number): Promise<{ ok: true } | { ok: false; retryAfterMs: number }>;
  healthy(): Promise<{ ok: boolean; detail: string }>;
  close(): Promise<void>;
}
