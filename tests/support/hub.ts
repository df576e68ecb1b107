import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ApiClient } from './api-client.ts';

const main = resolve(import.meta.dirname, '../../server/dist/main.js');
/** The same hub with a clock that can be put forward. */
const withClock = resolve(import.meta.dirname, '../chaos/world/hub-process.mjs');
export const PASSWORD = 'correct horse battery';

export interface TestHub {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** Signed in as the first administrator. */
  readonly admin: ApiClient;
  /** Log lines so far, newest last. */
  readonly log: string[];
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Killed, if it still runs, and started anew: the same folder, port and surroundings. `clockMs`: as of `startHub`. */
  again(clockMs?: number): Promise<TestHub>;
  /** Puts its clock forward, to so far from the right one. Of one that was started with `clockMs`. */
  putClock(ms: number): void;
  /** Ends it and removes its data, unless it was given a folder. */
  stop(): Promise<void>;
}

interface Options {
  dataDir?: string;
  port?: number;
  env?: Record<string, string>;
  /** false: leave the first visit to the test. */
  setUp?: boolean;
  /** How far its clock is from the right one. */
  clockMs?: number;
  /** Its data goes when it ends. */
  ownsData?: boolean;
}

/** A hub of the built server as a process of its own, on a free port and an empty folder. */
export async function startHub(options: Options = {}): Promise<TestHub> {
  const { dataDir, port, env = {}, setUp = true, clockMs, ownsData = dataDir === undefined } = options;
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'hub-')));
  const chosen = port ?? (await freePort());
  const log: string[] = [];
  const child = spawn(process.execPath, clockMs === undefined ? [main] : [withClock, String(clockMs)], {
    cwd: folder,
    env: {
      ...plainEnvironment(),
      PORT: String(chosen),
      HOST: '127.0.0.1',
      DATA_DIR: folder,
      LOG_LEVEL: 'info',
      LOG_FORMAT: 'json',
      ...env,
    },
    stdio: clockMs === undefined ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  await ready(child, log);
  const url = `http://localhost:${chosen}`;
  const kill = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return {
    url,
    port: chosen,
    dataDir: folder,
    pid: child.pid ?? 0,
    admin: setUp ? await firstAdministrator(url) : new ApiClient(url),
    log,
    kill,
    async again(clock = clockMs) {
      await kill('SIGKILL');
      const kept = { ...options, dataDir: folder, port: chosen, ownsData };
      return startHub(clock === undefined ? kept : { ...kept, clockMs: clock });
    },
    putClock(ms) {
      child.send({ what: 'clock', ms });
    },
    async stop() {
      await kill('SIGTERM');
      if (ownsData) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function ready(child: ChildProcess, log: string[]): Promise<void> {
  await new Promise<void>((resolveReady, reject) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream as NodeJS.ReadableStream }).on('line', (line) => {
        log.push(line);
        if (line.startsWith('Switchboard is ready')) resolveReady();
      });
    child.once('exit', (code) =>
      reject(new Error(`The hub ended with ${code} before it was ready:\n${log.join('\n')}`)),
    );
  });
}

async function firstAdministrator(url: string): Promise<ApiClient> {
  const admin = new ApiClient(url);
  const { needed } = await admin.call('setup.state');
  const email = 'ada@example.com';
  if (needed)
    await admin.call('setup.create', {
      body: { organisation: 'Acme', name: 'Ada Lovelace', email, password: PASSWORD },
    });
  else await admin.call('session.signIn', { body: { email, password: PASSWORD } });
  return admin;
}

/**
 * For who can't take port 0. Below those that the system hands out by itself: one of them may become the near end of anybody's
 * connection between the look here and its use.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    const server = createServer().listen(port, '0.0.0.0');
    const free = await Promise.race([
      once(server, 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ]);
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** Without what jest and the shell have set. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TMPDIR } = process.env;
  return { PATH, HOME, LANG, TMPDIR, NODE_ENV: 'production' };
}
