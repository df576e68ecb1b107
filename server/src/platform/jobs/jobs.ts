/**
 * Work at a later instant: clocks, snoozes, retries. At least once, never before its time; the handler makes it one effect.
 * Two adapters, one contract suite: a poll of a collection by due time, or bull on Redis.
 */
export interface Job {
  readonly name: string;
  /** One job per name and key: scheduling again moves it. */
  readonly key: string;
  readonly dueAt: Date;
  /** JSON. */
  readonly data: unknown;
}

export interface Jobs {
  /** Must be called for every name before `start`. Throwing means: again, with growing delay. */
  handle(name: string, handler: (job: Job) => Promise<void>): void;
  /** Runs once per period on one process of all. */
  every(name: string, periodMs: number, run: () => Promise<void>): void;
  schedule(job: Job): Promise<void>;
  cancel(name: string, key: string): Promise<void>;
  start(): Promise<void>;
  healthy(): Promise<{ ok: boolean; detail: string }>;
  /** Finishes what is in work, then stops. */
  close(): Promise<void>;
}
