import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ApiClient } from '../support/api-client.ts';
import { eventually, found } from '../support/eventually.ts';
import { freePort } from '../support/hub.ts';

jest.setTimeout(300_000);
const main = resolve(import.meta.dirname, '../../server/dist/demo/main.js');

interface Demo {
  readonly child: ChildProcess;
  readonly url: string;
  said(): string;
}

const startDemo = async (folder: string): Promise<Demo> => {
  const port = String(await freePort());
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, PORT: port, HOST: '127.0.0.1', DATA_DIR: folder, LOG_FORMAT: 'json' };
  const child = spawn(process.execPath, [main], { cwd: import.meta.dirname, env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  return { child, url: `http://localhost:${port}`, said: () => said };
};
const ready = async ({ child, said }: Demo): Promise<void> => {
  const ended = once(child, 'close').then(() => Promise.reject(new Error(`It ended: ${said()}`)));
  const line = eventually(() => found('the ready line', /is ready at/.test(said())), 240_000);
  await Promise.race([line, ended]);
  ended.catch(() => undefined);
};
const stop = async ({ child }: Demo): Promise<number | null> => {
  child.kill('SIGTERM');
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
};

describe('the demo', () => {
  let folder: string;
  let demo: Demo;
  let readyAt: Date;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-'));
    demo = await startDemo(join(folder, 'data'));
    await ready(demo);
    readyAt = new Date();
  });
  afterAll(async () => {
    if (demo.child.exitCode === null) await stop(demo);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('prints how to sign in, and there is a centre to see: 200 past tickets, and customers who write on every channel', async () => {
    const [, password = ''] = /with the password (\S+)/.exec(demo.said()) ?? [];
    const [, email = ''] = /supervisor\s+(\S+)/.exec(demo.said()) ?? [];
    const agent = new ApiClient(demo.url);
    await agent.call('session.signIn', { body: { email, password } });
    const counts = await agent.call('tickets.counts');
    expect(counts.resolved + counts.open + counts.snoozed).toBeGreaterThanOrEqual(200);
    expect(counts.queues).toHaveLength(3);
    const { items: accounts } = await agent.call('channelAccounts.list');
    await eventually(async () => {
      const { items } = await agent.call('tickets.list', { query: { view: 'open' } });
      const news = items.filter(({ preview }) => preview?.from === 'customer' && new Date(preview.at) > readyAt);
      const heard = new Set(news.map(({ channel }) => channel));
      expect([...heard].sort()).toEqual(accounts.map(({ channel }) => channel).sort());
    }, 120_000);
  });

  it('starts again on what is there, and leaves no error behind', async () => {
    expect(await stop(demo)).toBe(0);
    expect(demo.said()).not.toMatch(/"level":50|\n\s+at /);
    demo = await startDemo(join(folder, 'data'));
    await ready(demo);
    expect(demo.said()).not.toContain('Making a centre');
  });

  it('says in one line that a folder is not its own', async () => {
    await writeFile(join(folder, 'letter.txt'), 'mine');
    const other = await startDemo(folder);
    const [code] = await once(other.child, 'close');
    expect({ code, said: other.said() }).toEqual({
      code: 1,
      said: `${folder} holds data that is not the demo's: set DATA_DIR to an empty folder, or leave it out for ./data/demo.\n`,
    });
  });
});
