import { openBullJobs } from '../../server/src/platform/jobs/bull/bull-jobs.ts';
import { openDatabaseJobs } from '../../server/src/platform/jobs/database/database-jobs.ts';
import type { Jobs } from '../../server/src/platform/jobs/index.ts';
import { silentLog } from '../../server/src/platform/log/log.ts';
import { CuttableProxy } from './cuttable-proxy.ts';
import { removeRedisKeys } from './redis-keys.ts';
import { aNamespace, databaseUri, openTestDatabase, redisUrl } from './services/index.ts';

/** One store of jobs, and as many processes at it as a test wants. */
export interface JobsWorld {
  /** Whatever is kept outside the database is gone at once. */
  forget(): Promise<void>;
  join(): Promise<Jobs>;
  /** A process whose connections can be cut as if it were killed. */
  joinByWire(): Promise<{ jobs: Jobs; cut(): void }>;
  close(): Promise<void>;
}

type Undo = () => Promise<unknown>;
const CLAIM_MS = 1_000;

export async function aDatabaseJobsWorld(): Promise<JobsWorld> {
  const home = await openTestDatabase();
  const undo: Undo[] = [];
  const options = { claimMs: CLAIM_MS, pollMs: 100 };
  return {
    async join() {
      const jobs = await openDatabaseJobs(home.connection, silentLog, options);
      undo.push(() => jobs.close());
      return jobs;
    },
    async joinByWire() {
      const proxy = new CuttableProxy(new URL(databaseUri()));
      const far = await openTestDatabase(`${await proxy.listen()}?directConnection=true`, home.name);
      const jobs = await openDatabaseJobs(far.connection, silentLog, options);
      undo.push(
        () => proxy.close(),
        () => far.connection.close(true),
        closeMended(proxy, jobs),
      );
      return { jobs, cut: () => proxy.cut() };
    },
    async close() {
      for (const step of undo.reverse()) await step();
      await home.drop();
    },
    forget: async () => undefined,
  };
}

export async function aBullJobsWorld(): Promise<JobsWorld> {
  const namespace = aNamespace();
  const home = await openTestDatabase();
  const undo: Undo[] = [];
  const open = (url: string) => openBullJobs({ url, namespace, claimMs: CLAIM_MS }, home.connection, silentLog);
  return {
    async join() {
      const jobs = await open(redisUrl()!);
      undo.push(() => jobs.close());
      return jobs;
    },
    async joinByWire() {
      const proxy = new CuttableProxy(new URL(redisUrl()!));
      const jobs = await open(await proxy.listen());
      undo.push(() => proxy.close(), closeMended(proxy, jobs));
      return { jobs, cut: () => proxy.cut() };
    },
    async close() {
      for (const step of undo.reverse()) await step();
      await removeRedisKeys(redisUrl()!, namespace);
      await home.drop();
    },
    forget: () => removeRedisKeys(redisUrl()!, namespace),
  };
}

function closeMended(proxy: CuttableProxy, jobs: Jobs): Undo {
  return async () => {
    proxy.mend();
    await jobs.close();
  };
}
