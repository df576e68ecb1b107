import { randomUUID } from 'node:crypto';
import Bull from 'bull';
import { within } from '../../clock/within.ts';
import type { Log } from '../../log/log.ts';
import { JobHandlers, type JobHandler } from '../handlers.ts';
import type { Job, Jobs } from '../jobs.ts';
import { retryDelay } from '../retry-delay.ts';
import { CurrentJobs } from './current-jobs.ts';
import { SharedPeriod } from './shared-period.ts';

/*
 * Why like this: bull ignores a second job of one id while the first is running, and a job often schedules its own
 * successor. So each scheduling has an id of its own, a hash names the one that counts, and what no longer counts is
 * skipped when its time comes. Completed jobs are removed, failed ones try again without end.
 */
export interface BullJobsOptions {
  readonly url: string;
  readonly namespace: string;
  /** How long a job of a process that died stays claimed. */
  readonly claimMs?: number;
}

interface Scheduled {
  readonly name: string;
  readonly key: string;
  /** ISO 8601. */
  readonly dueAt: string;
  readonly data: unknown;
  readonly token: string;
  /** The token that counted when this one was made. */
  readonly previous: string | null;
}

/** What bull's types leave out: `close` waits for Redis however long that takes, this does not. */
interface Disconnecting {
  disconnect(): Promise<void>;
}

const CONNECT_MS = 15_000;
const HEALTH_MS = 2_000;
/** For telling Redis what has ended. */
const CLOSE_MS = 5_000;
const CONCURRENCY = 10;
/** As good as without end. */
const FOREVER = 2 ** 31 - 1;

export async function openBullJobs({ url, namespace, claimMs = 30_000 }: BullJobsOptions, log: Log): Promise<Jobs> {
  const queue = new Bull<Scheduled>('jobs', url, {
    prefix: namespace,
    redis: {
      // bull's own grows to 20 s between two tries, and its URL parser does not know rediss:.
      retryStrategy: (tries: number) => Math.min(tries * 100, 1_000),
      ...(url.startsWith('rediss:') ? { tls: {} } : {}),
    },
    defaultJobOptions: { attempts: FOREVER, backoff: { type: 'growing' }, removeOnComplete: true },
    settings: {
      lockDuration: claimMs,
      stalledInterval: claimMs,
      maxStalledCount: FOREVER,
      backoffStrategies: { growing: retryDelay },
    },
  });
  queue.on('error', (error) => log.warn('The connection of the jobs to Redis failed', { error }));
  queue.on('stalled', ({ data }) =>
    log.warn('A job of a process that died runs again', { job: data.name, key: data.key }),
  );
  try {
    await within(CONNECT_MS, queue.isReady());
  } catch (error) {
    void queue.close(true);
    throw error;
  }
  return new BullJobs(queue, new CurrentJobs(queue.client, `${namespace}:jobs:current`), namespace, log);
}

class BullJobs implements Jobs {
  readonly #handlers = new JobHandlers();
  readonly #periods: SharedPeriod[] = [];
  readonly #running = new Set<Promise<void>>();

  constructor(
    private readonly queue: Bull.Queue<Scheduled>,
    private readonly current: CurrentJobs,
    private readonly namespace: string,
    private readonly log: Log,
  ) {}

  handle(name: string, handler: JobHandler): void {
    this.#handlers.add(name, handler);
  }

  every(name: string, periodMs: number, run: () => Promise<void>): void {
    const key = `${this.namespace}:every:${name}`;
    this.#periods.push(new SharedPeriod({ name, key, periodMs, run }, this.queue.client, this.log));
  }

  async schedule({ name, key, dueAt, data }: Job): Promise<void> {
    this.#handlers.get(name);
    const job = `${name}:${key}`;
    const token = randomUUID();
    const previous = await this.current.get(job);
    const scheduled = { name, key, dueAt: dueAt.toISOString(), data, token, previous };
    const delay = Math.max(dueAt.getTime() - Date.now(), 0);
    await this.queue.add(scheduled, { jobId: `${job}:${token}`, delay });
    await this.current.set(job, token);
    if (previous !== null) await this.#remove(job, previous);
  }

  async cancel(name: string, key: string): Promise<void> {
    const job = `${name}:${key}`;
    const token = await this.current.get(job);
    if (token === null) return;
    await this.current.clear(job, token);
    await this.#remove(job, token);
  }

  async start(): Promise<void> {
    this.queue
      .process(CONCURRENCY, (job) => this.#track(this.#run(job.data)))
      .catch((error: unknown) => {
        this.log.error('The jobs stopped', { error });
      });
    for (const period of this.#periods) period.start();
  }

  async healthy(): Promise<{ ok: boolean; detail: string }> {
    try {
      await within(HEALTH_MS, this.queue.client.ping());
      return { ok: true, detail: 'Redis is connected' };
    } catch (error) {
      return { ok: false, detail: `Redis does not answer: ${(error as Error).message}` };
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#periods.map((period) => period.close()));
    const closed = this.queue.close(); // takes no more from here on
    await Promise.all(this.#running);
    try {
      await within(CLOSE_MS, closed);
    } catch (error) {
      this.log.warn('The jobs are closed without Redis: what has ended just now may run again', { error });
      await (this.queue as unknown as Disconnecting).disconnect();
    }
  }

  async #track(run: Promise<void>): Promise<void> {
    const ended = run.catch(() => undefined); // bull hears of the failure
    this.#running.add(ended);
    try {
      await run;
    } finally {
      this.#running.delete(ended);
    }
  }

  async #run({ name, key, dueAt, data, token, previous }: Scheduled): Promise<void> {
    const job = `${name}:${key}`;
    const counts = await this.current.get(job);
    // `previous`: this one is newer, its scheduling just has not come to its end yet.
    if (counts !== token && counts !== previous) return;
    try {
      await this.#handlers.get(name)({ name, key, dueAt: new Date(dueAt), data });
    } catch (error) {
      this.log.warn('A job failed and waits for another try', { job: name, key, error });
      throw error;
    }
    await this.current.clear(job, token);
  }

  /** One that is running can't be removed; it ends by itself. */
  async #remove(job: string, token: string): Promise<void> {
    const old = await this.queue.getJob(`${job}:${token}`);
    if (old && !(await old.isActive())) await old.remove().catch(() => undefined);
  }
}
