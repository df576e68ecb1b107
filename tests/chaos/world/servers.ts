import { execFile } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startEmbeddedMongo, type EmbeddedMongo } from '@switchboard/embedded-mongo';
import { Redis } from 'ioredis';
import { freePort, launch, rabbitCommand, redisCommand } from '../../support/services/find-services.mjs';
import { Broker } from './broker.ts';
import { Server } from './server.ts';

const run = promisify(execFile);

/** RabbitMQ, Redis and the database, each a process that may be killed. They serve run after run. */
export class Servers {
  private constructor(
    readonly amqpUrl: string,
    readonly redisUrl: string,
    readonly broker: Broker,
    readonly redis: Server,
    readonly database: EmbeddedMongo,
    private readonly folder: string,
    private readonly end: () => Promise<void>,
  ) {}

  /** Which of them this machine can't run. */
  static async missing(): Promise<string[]> {
    const [rabbit, redis] = await Promise.all([rabbitCommand('', 0), redisCommand('', 0)]);
    return [...(rabbit === null ? ['RabbitMQ'] : []), ...(redis === null ? ['Redis'] : [])];
  }

  static async start(folder: string): Promise<Servers> {
    const folders = Object.fromEntries(['rabbitmq', 'redis', 'database'].map((name) => [name, join(folder, name)]));
    for (const path of Object.values(folders)) await mkdir(path, { recursive: true });
    const { rabbitmq = '', redis = '', database = '' } = folders;
    const rabbitPlan = await rabbitCommand(rabbitmq, await freePort());
    const redisPlan = await redisCommand(redis, await freePort());
    if (rabbitPlan === null || redisPlan === null) throw new Error(`can't be run here: ${await Servers.missing()}`);
    const [rabbitServer, redisServer, mongo] = await Promise.all([
      Server.start({ ...rabbitPlan, launch: () => launch(rabbitPlan.binary, [], rabbitmq, rabbitPlan.env) }),
      Server.start({ ...redisPlan, launch: () => launch(redisPlan.binary, redisPlan.parameters, redis, process.env) }),
      startEmbeddedMongo({ dataDir: database, log: () => undefined }),
    ]);
    const broker = await Broker.before(rabbitServer, rabbitPlan);
    const end = async () => {
      await broker.close();
      await Promise.all([rabbitServer.stop(), redisServer.stop(), mongo.stop()]);
      await rabbitPlan.forget();
    };
    return new Servers(broker.url, redisPlan.url, broker, redisServer, mongo, database, end);
  }

  /** Where it is down just now: as soon as it is there again. */
  async flushRedis(): Promise<void> {
    const redis = new Redis(this.redisUrl, { retryStrategy: () => 50, maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    await redis.flushall();
    redis.disconnect();
  }

  /** Its supervisor starts it again, on the same folder. Dead already, on a full disk, it can't be killed. */
  killDatabase(): void {
    try {
      process.kill(this.database.pid(), 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** For so long no file of the database may grow, also not after its restarts: as on a disk that is full. */
  async fillDisk(ms: number): Promise<void> {
    let limited = 0;
    for (const end = Date.now() + ms; Date.now() < end; await delay(20)) {
      const pid = this.database.pid();
      if (pid === limited) continue;
      const { size } = await stat(join(this.folder, 'data.mdb'));
      await run('prlimit', ['--pid', `${pid}`, `--fsize=${size}:unlimited`]).catch(() => undefined);
      limited = pid;
    }
    await run('prlimit', ['--pid', `${this.database.pid()}`, '--fsize=unlimited:unlimited']).catch(() => undefined);
  }

  stop(): Promise<void> {
    return this.end();
  }
}
