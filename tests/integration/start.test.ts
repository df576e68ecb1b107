import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventually, found } from '../support/eventually.ts';
import { freePort } from '../support/hub.ts';

jest.setTimeout(120_000);
const main = resolve(import.meta.dirname, '../../server/dist/main.js');
const folders: string[] = [];
const running = new Set<ChildProcess>();

/** A hub process of its own process group, with all that it says. */
class Started {
  out = '';
  err = '';
  readonly child: ChildProcess;
  /** Its exit code, or the signal that killed it. */
  readonly ended: Promise<number | string>;

  constructor(environment: Record<string, string>) {
    const { PATH, HOME } = process.env;
    this.child = spawn(process.execPath, [main], {
      cwd: import.meta.dirname,
      env: { PATH, HOME, HOST: '127.0.0.1', LOG_FORMAT: 'json', ...environment },
      detached: true,
    });
    running.add(this.child);
    this.child.stdout?.on('data', (chunk) => (this.out += chunk));
    this.child.stderr?.on('data', (chunk) => (this.err += chunk));
    this.ended = once(this.child, 'close').then(([code, signal]) => {
      running.delete(this.child);
      return (code ?? signal) as number | string;
    });
  }

  ready(): Promise<boolean> {
    return eventually(() => found('the ready line', this.out.includes('Switchboard is ready at')), 60_000);
  }

  /** As a terminal's Ctrl-C or a service manager does: to the hub and to what it has started. */
  signalGroup(signal: NodeJS.Signals): void {
    process.kill(-(this.child.pid ?? 0), signal);
  }
}

describe('starting and stopping', () => {
  let folder: string;
  let taken: Server;
  let port: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'start-'));
    folders.push(folder);
    port = await freePort();
    taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
  });
  afterEach(async () => {
    taken.close();
    for (const child of running) process.kill(-(child.pid ?? 0), 'SIGKILL');
    await Promise.all(folders.splice(0).map((one) => rm(one, { recursive: true, force: true, maxRetries: 5 })));
  });

  const takenPort = (): number => {
    const address = taken.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };

  /** Ended with 1 and these lines alone. */
  const fails = async (environment: Record<string, string>, ...lines: (string | RegExp)[]) => {
    const hub = new Started({ PORT: String(port), DATA_DIR: folder, ...environment });
    expect({ code: await hub.ended, out: hub.out }).toEqual({ code: 1, out: '' });
    const said = hub.err.trimEnd().split('\n');
    expect(said).toEqual(lines.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))));
  };

  it('says that the port is in use', async () => {
    const used = takenPort();
    await fails({ PORT: String(used) }, `Port ${used} is in use: stop what uses it, or set PORT to another one.`);
  });

  it('says that the data folder can’t be written', async () => {
    await writeFile(join(folder, 'file'), '');
    const inside = join(folder, 'file', 'data');
    await fails({ DATA_DIR: inside }, /^The data folder .* can't be written \(ENOTDIR\): set DATA_DIR /);
  });

  it('lists every wrong setting at once', () =>
    fails(
      { PORT: 'abc', ROLE: 'boss', AMQP_URL: 'http://user:secret@host', SECRET_KEY: 'short' },
      'PORT must be a port number, 0 to 65535 (is "abc")',
      'ROLE must be all, api or worker (is "boss")',
      'AMQP_URL must be an AMQP URL, such as amqp://user:password@host/ (is "…")',
      'SECRET_KEY must be 64 hex digits; make one with: openssl rand -hex 32 (is "…")',
    ));

  it.each([
    ['RabbitMQ', 'AMQP_URL', 'amqp://guest:secret@127.0.0.1:PORT'],
    ['Redis', 'REDIS_URL', 'redis://:secret@127.0.0.1:PORT'],
    ['MongoDB', 'MONGODB_URI', 'mongodb://user:secret@127.0.0.1:PORT/'],
  ])('says that %s is not there, within seconds, and keeps its password to itself', async (_, setting, url) => {
    const nobody = await freePort();
    const line = new RegExp(
      `can't be used: connect ECONNREFUSED 127.0.0.1:${nobody}. Start it, or correct ${setting}.$`,
    );
    await fails({ [setting]: url.replace('PORT', String(nobody)) }, line);
  });

  it('says, whatever the role, who holds the database’s folder', async () => {
    const first = new Started({ PORT: String(port), DATA_DIR: folder });
    await first.ready();
    const held = /^The embedded database does not start \(DATA_DIR\): .* in use by the process \d+: stop it/;
    const other = String(await freePort());
    await Promise.all(['all', 'worker', 'api'].map((ROLE) => fails({ PORT: other, ROLE }, held)));
    first.signalGroup('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('a %s to the whole process group ends it cleanly', async (signal) => {
    const hub = new Started({ PORT: String(port), DATA_DIR: folder });
    await hub.ready();
    hub.signalGroup(signal);
    expect(await hub.ended).toBe(0);
    expect(hub.err).toBe('');
    const levels = hub.out.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line).level] : []));
    expect(Math.max(...levels)).toBe(30);
  });
});
