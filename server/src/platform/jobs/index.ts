import type { Connection } from 'mongoose';
import type { Log } from '../log/log.ts';
import { openBullJobs } from './bull/bull-jobs.ts';
import { openDatabaseJobs } from './database/database-jobs.ts';
import type { Jobs } from './jobs.ts';

export { eachInTurn } from './each-in-turn.ts';
export type { Job, Jobs } from './jobs.ts';

export interface JobsSettings {
  /** Unset: in the database. */
  readonly redisUrl?: string | undefined;
  /** Prefix of the keys in Redis; the database adapter has its database to itself. */
  readonly namespace: string;
}

export async function openJobs({ redisUrl, namespace }: JobsSettings, connection: Connection, log: Log): Promise<Jobs> {
  if (redisUrl !== undefined) return openBullJobs({ url: redisUrl, namespace }, connection, log);
  return openDatabaseJobs(connection, log);
}
