import { randomUUID } from 'node:crypto';
import Bull from 'bull';
import type { Connection } from 'mongoose';
import { within } from '../../clock/within.ts';
import type { Log } from '../../log/log.ts';
import { JobHandlers, type JobHandler } from '../handlers.ts';
import type { Job, Jobs } from '../jobs.ts';
import { retryDelay } from '../retry-delay.ts';
import { Ledger, type Scheduled } from './ledger.ts';
import { SharedPeriod } from './shared-period.ts';

/*
 * Why like this: bull ignores a second job of one id while the first is running, and a job often schedules its own
 * successor. So each scheduling has an id of its own, and what no longer counts is skipped when its time comes. Which one
 * counts stands in the database, and what Redis has lost (it may be flushed, or start empty) is put back when it is late.
 * Completed jobs are removed, failed ones try again without end.
 */
export interface BullJobsOptions {
  readonly url: string;
  readonly namespace: string;
  /** How long a job of a process that died stays claimed. */
  readonly claimMs?: number;
}

/** What is in Redis: which scheduling is due; what it says is read in the database. */
type Reminder = Pick<Scheduled, 'name' | 'key' | 'token'>;

/** What bull's types leave out: `close` waits for Redis however long that takes, this does not. */
interface Disconnecting {
  disconnect(): Promise<void>;
}

const CONNECT_MS = 15_000;
const HEALTH_MS = 2_000;
/** For telling Redis what has ended. */
const CLOSE_MS = 5_000;
const CONCURRENCY = 10;
/** For telling Redis of a job; after that it is left to the look for lost ones. */
const TELL_MS = 2_000;
const LOOK_FOR_LOST_MS = 5_000;
/** So late nothing is that is still in Redis, unless it fails or there is more work than can be done. */
const LOST_AFTER_MS = 5_000;
const MOST_LOST = 500;
/** As good as without end. */
const FOREVER = 2 ** 31 - 1;

export async function openBullJobs(
  { url, namespace, claimMs = 30_000 }: BullJobsOptions,
  connection: Connection,
  log: Log,
): Promise<Jobs> {
  const ledger = await Ledger.open(connection);
  const queue = new Bull<Reminder>('jobs', url, {
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
  return new BullJobs(queue, ledger, namespace, log);
}

class BullJobs implements Jobs {
  readonly #handlers = new JobHandlers();
  readonly #periods: SharedPeriod[] = [];
  readonly #running = new Set<Promise<void>>();

  constructor(
    private readonly queue: Bull.Queue<Reminder>,
    private readonly ledger: Ledger,
    private readonly namespace: string,
    private readonly log: Log,
  ) {
    this.every('jobs:put-back', LOOK_FOR_LOST_MS, () => this.#putBack());
  }

  handle(name: string, handler: JobHandler): void {
    this.#handlers.add(name, handler);
  }

  every(name: string, periodMs: number, run: () => Promise<void>): void {
    const key = `${this.namespace}:every:${name}`;
    this.#periods.push(new SharedPeriod({ name, key, periodMs, run }, this.queue.client, this.log));
  }

  async schedule(job: Job): Promise<void> {
    this.#handlers.get(job.name);
    const scheduled = { ...job, token: randomUUID() };
    const previous = await this.ledger.put(scheduled);
    try {
      await within(TELL_MS, this.#tell(scheduled));
      if (previous !== null) await within(TELL_MS, this.#remove(idOf({ ...job, token: previous })));
    } catch (error) {
      this.log.warn('Redis could not be told of a job: it will be put back', { job: job.name, key: job.key, error });
    }
  }

  async cancel(name: string, key: string): Promise<void> {
    const token = await this.ledger.cancel(name, key);
    if (token !== null) await this.#remove(idOf({ name, key, token }));
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

  async #run({ name, key, token }: Reminder): Promise<void> {
    const job = await this.ledger.get(name, key, token);
    if (job === null) return;
    try {
      const { dueAt, data } = job;
      await this.#handlers.get(name)({ name, key, dueAt, data });
    } catch (error) {
      this.log.warn('A job failed and waits for another try', { job: name, key, error });
      throw error;
    }
    await this.ledger.fulfil(name, key, token);
  }

  async #tell({ name, key, token, dueAt }: Scheduled): Promise<void> {
    const delay = Math.max(dueAt.getTime() - Date.now(), 0);
    await this.queue.add({ name, key, token }, { jobId: idOf({ name, key, token }), delay });
  }

  async #putBack(): Promise<void> {
    for (const job of await this.ledger.due(new Date(Date.now() - LOST_AFTER_MS), MOST_LOST)) {
      if ((await this.queue.getJob(idOf(job))) !== null) continue;
      this.log.warn('A job that Redis had lost is put back', { job: job.name, key: job.key });
      await this.#tell(job);
    }
  }

  /** One that is running can't be removed; it ends by itself. */
  async #remove(jobId: string): Promise<void> {
    const old = await this.queue.getJob(jobId);
    if (old && !(await old.isActive())) await old.remove().catch(() => undefined);
  }
}

const idOf = ({ name, key, token }: Reminder): string => `${name}:${key}:${token}`;
