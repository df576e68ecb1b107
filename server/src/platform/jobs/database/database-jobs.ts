import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { Alarm } from '../../clock/alarm.ts';
import { repeat } from '../../clock/repeat.ts';
import { within } from '../../clock/within.ts';
import type { Log } from '../../log/log.ts';
import { JobHandlers, type JobHandler } from '../handlers.ts';
import type { Job, Jobs } from '../jobs.ts';
import { retryDelay } from '../retry-delay.ts';
import { Period } from './period.ts';
import { openModels, type JobDocument, type JobModels } from './schemas.ts';

/*
 * Why like this: a claim is nothing but `runAt` moved into the future with a token, in one conditional update. A process
 * that dies lets the claim run out, and the job is simply due again. The timer is set to the next due job, so the poll
 * is only for jobs that other processes have scheduled.
 */
export interface DatabaseJobsOptions {
  /** How long a job of a process that died stays claimed. */
  readonly claimMs?: number;
  readonly pollMs?: number;
  readonly concurrency?: number;
}

const HEALTH_MS = 2_000;

export async function openDatabaseJobs(
  connection: Connection,
  log: Log,
  options: DatabaseJobsOptions = {},
): Promise<Jobs> {
  const defaults = { claimMs: 30_000, pollMs: 1_000, concurrency: 10 };
  return new DatabaseJobs(await openModels(connection), log, { ...defaults, ...options });
}

class DatabaseJobs implements Jobs {
  readonly #handlers = new JobHandlers();
  readonly #periods: Period[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #alarm = new Alarm(() => this.#pump());
  #pumping: Promise<void> | null = null;
  #stopPoll: () => Promise<void> = () => Promise.resolve();
  #state: 'new' | 'started' | 'closed' = 'new';

  constructor(
    private readonly models: JobModels,
    private readonly log: Log,
    private readonly options: Required<DatabaseJobsOptions>,
  ) {}

  handle(name: string, handler: JobHandler): void {
    this.#handlers.add(name, handler);
  }

  every(name: string, periodMs: number, run: () => Promise<void>): void {
    this.#periods.push(new Period(name, periodMs, run, this.models, this.log));
  }

  async schedule({ name, key, dueAt, data }: Job): Promise<void> {
    this.#handlers.get(name);
    await this.models.jobs.updateOne(
      { _id: jobId(name, key) },
      {
        $set: { name, key, dueAt, runAt: dueAt, data: JSON.stringify(data ?? null), failures: 0 },
        $unset: { claim: 1 },
      },
      { upsert: true },
    );
    if (this.#state === 'started') this.#alarm.at(dueAt);
  }

  async cancel(name: string, key: string): Promise<void> {
    await this.models.jobs.deleteOne({ _id: jobId(name, key) });
  }

  async start(): Promise<void> {
    this.#state = 'started';
    await Promise.all(this.#periods.map((period) => period.start()));
    this.#stopPoll = repeat(this.options.pollMs, async () => this.#pump(), this.#failed);
    this.#pump();
  }

  async healthy(): Promise<{ ok: boolean; detail: string }> {
    try {
      await within(HEALTH_MS, this.models.jobs.findOne().sort({ runAt: 1 }).lean().exec());
      return { ok: true, detail: 'in the database' };
    } catch (error) {
      return { ok: false, detail: `the database does not answer: ${(error as Error).message}` };
    }
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    this.#alarm.close();
    await this.#stopPoll();
    await Promise.all(this.#periods.map((period) => period.close()));
    await this.#pumping;
    await Promise.all(this.#running);
  }

  readonly #failed = (error: unknown) => this.log.warn('Jobs could not be looked up', { error });

  #pump(): void {
    if (this.#state !== 'started' || this.#pumping) return;
    this.#pumping = this.#claimAll()
      .catch(this.#failed)
      .finally(() => (this.#pumping = null));
  }

  async #claimAll(): Promise<void> {
    while (this.#state === 'started' && this.#running.size < this.options.concurrency) {
      const job = await this.#claim();
      if (!job) return this.#setAlarm();
      const run = this.#run(job).catch(this.#failed);
      this.#running.add(run);
      void run.then(() => {
        this.#running.delete(run);
        this.#pump();
      });
    }
  }

  #claim(): Promise<JobDocument | null> {
    const now = Date.now();
    return this.models.jobs
      .findOneAndUpdate(
        { runAt: { $lte: new Date(now) }, name: { $in: this.#handlers.names() } },
        { $set: { runAt: new Date(now + this.options.claimMs), claim: randomUUID() } },
        { sort: { runAt: 1 }, returnDocument: 'after' },
      )
      .lean();
  }

  async #setAlarm(): Promise<void> {
    const names = { name: { $in: this.#handlers.names() } };
    const next = await this.models.jobs.findOne(names, { runAt: 1 }).sort({ runAt: 1 }).lean();
    if (next) this.#alarm.at(next.runAt);
  }

  async #run({ _id, name, key, dueAt, data, claim, failures }: JobDocument): Promise<void> {
    const mine = { _id, claim };
    const stopRenewing = repeat(this.options.claimMs / 3, () => this.#renew(mine), this.#failed);
    try {
      await this.#handlers.get(name)({ name, key, dueAt, data: JSON.parse(data) });
      await this.models.jobs.deleteOne(mine);
    } catch (error) {
      const delayMs = retryDelay(failures + 1);
      this.log.warn('A job failed and waits for another try', {
        job: name,
        key,
        failures: failures + 1,
        delayMs,
        error,
      });
      await stopRenewing();
      const runAt = new Date(Date.now() + delayMs);
      await this.models.jobs.updateOne(mine, { $set: { runAt }, $inc: { failures: 1 }, $unset: { claim: 1 } });
    } finally {
      await stopRenewing();
    }
  }

  async #renew(mine: { _id: string; claim: string | undefined }): Promise<void> {
    await this.models.jobs.updateOne(mine, { $set: { runAt: new Date(Date.now() + this.options.claimMs) } });
  }
}

function jobId(name: string, key: string): string {
  return `${name}:${key}`;
}
