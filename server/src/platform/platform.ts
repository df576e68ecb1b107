import { mkdirSync, accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '@switchboard/config';
import type { Connection } from 'mongoose';
import { openBus, type Bus } from './bus/index.ts';
import { newId, systemClock, type Clock, type NewId } from './clock/clock.ts';
import { openDatabase } from './database/open-database.ts';
import { reach } from './errors/reach.ts';
import { StartProblem } from './errors/start-problem.ts';
import { openJobs, type Jobs } from './jobs/index.ts';
import type { Log } from './log/log.ts';
import { openMediaStore, type MediaStore } from './media/media-store.ts';
import { openPresence, type Presence } from './presence/index.ts';
import { openSecretBox, readSecret, type SecretBox } from './secrets/secret-box.ts';
import { Stages } from './stages/stages.ts';

/** All that the modules stand on. Opened before Nest starts, closed after it has stopped. */
export interface Platform {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly connection: Connection;
  readonly databaseKind: 'embedded' | 'mongodb';
  readonly bus: Bus;
  readonly jobs: Jobs;
  readonly presence: Presence;
  readonly media: MediaStore;
  readonly secrets: SecretBox;
  readonly stages: Stages;
  /** Takes no more work, finishes what is begun. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** What whoever composes the process may give it: another time, somebody who hears how far work has come. */
export type Given = Partial<Pick<Platform, 'clock' | 'stages'>>;

export async function openPlatform(config: Config, log: Log, given: Given = {}): Promise<Platform> {
  const { clock = systemClock, stages = new Stages() } = given;
  const dataDir = writableFolder(config.DATA_DIR);
  const { NAMESPACE: namespace, AMQP_URL: amqpUrl, REDIS_URL: redisUrl } = config;
  // Each line carries the trace of the work: what became of one message, from its webhook to the sockets.
  if (config.LOG_LEVEL === 'debug') stages.on((stage, id) => log.debug('Work passed a stage', { stage, id }));
  const database = await openDatabase({ uri: config.MONGODB_URI, dataDir, name: namespace }, log);
  const { connection } = database;
  const opened: { close(): Promise<void> }[] = [database];
  const keep = <T extends { close(): Promise<void> }>(one: T): T => (opened.push(one), one);
  try {
    const bus = keep(
      await reach('AMQP_URL', amqpUrl, log, (told) => openBus({ amqpUrl, namespace }, connection, told)),
    );
    const presence = keep(
      await reach('REDIS_URL', redisUrl, log, (told) => openPresence({ redisUrl, namespace }, told)),
    );
    const jobs = keep(
      await reach('REDIS_URL', redisUrl, log, (told) => openJobs({ redisUrl, namespace }, connection, told)),
    );
    return {
      ...{ config, log, clock, newId, stages, connection, databaseKind: database.kind, bus, jobs, presence },
      media: openMediaStore(connection, 'media'),
      secrets: openSecretBox(readSecret(config.SECRET_KEY, dataDir)),
      async drain() {
        const ended = jobs.close();
        await Promise.all([bus.close(ended), ended]);
      },
      async close() {
        await presence.close();
        await database.close();
      },
    };
  } catch (error) {
    for (const one of opened.toReversed()) await one.close();
    throw error;
  }
}

function writableFolder(folder: string): string {
  const path = resolve(folder);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK);
    return path;
  } catch (error) {
    throw new StartProblem(
      `The data folder ${path} can't be written (${(error as NodeJS.ErrnoException).code}): set DATA_DIR to a folder of yours, or mend its rights.`,
    );
  }
}
