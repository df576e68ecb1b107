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

const startDemo = async (folder: string, dayMinutes: number): Promise<Demo> => {
  const port = String(await freePort());
  const { PATH, HOME } = process.env;
  const env = {
    PATH,
    HOME,
    PORT: port,
    HOST: '127.0.0.1',
    DATA_DIR: folder,
    LOG_FORMAT: 'json',
    DEMO_DAY_MINUTES: String(dayMinutes),
  };
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

/** As it prints who may sign in. */
const supervisor = async ({ url, said }: Demo): Promise<ApiClient> => {
  const [, password = ''] = /with the password (\S+)/.exec(said()) ?? [];
  const [, email = ''] = /supervisor\s+(\S+@\S+)/.exec(said()) ?? [];
  const client = new ApiClient(url);
  await client.call('session.signIn', { body: { email, password } });
  return client;
};

describe('the demo', () => {
  let folder: string;
  let demo: Demo;
  let readyAt: Date;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-'));
    demo = await startDemo(join(folder, 'data'), 0);
    await ready(demo);
    readyAt = new Date();
  });
  afterAll(async () => {
    if (demo.child.exitCode === null) await stop(demo);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('prints how to sign in, and there is a centre to see: 200 past tickets, and customers who write on every channel', async () => {
    const agent = await supervisor(demo);
    const counts = await agent.call('tickets.counts');
    expect(counts.resolved + counts.open + counts.snoozed).toBeGreaterThanOrEqual(200);
    expect(counts.queues).toHaveLength(3);
    const { items: accounts } = await agent.call('channelAccounts.list');
    await eventually(async () => {
      const { items } = await agent.call('tickets.list', { query: { view: 'open' } });
      const isNew = (at: string) => new Date(at) > readyAt;
      // Who calls writes nothing: the call itself opens the ticket, and nobody called before.
      const news = items.filter(
        ({ channel, preview }) => channel === 'voice' || (preview?.from === 'customer' && isNew(preview.at)),
      );
      const heard = new Set(news.map(({ channel }) => channel));
      expect([...heard].sort()).toEqual(accounts.map(({ channel }) => channel).sort());
    }, 120_000);
  });

  it('has a past in which customers left, came again and were handed over, and people had shifts', async () => {
    const client = await supervisor(demo);
    const to = new Date();
    const span = { from: new Date(to.getTime() - 30 * 86_400_000).toISOString(), to: to.toISOString() };
    await eventually(async () => {
      const { total } = await client.call('metrics.read', { query: span });
      const { abandonment, reopenRate, transferRate, aht, occupancy, csat, csatResponse } = total;
      const all = [abandonment, reopenRate, transferRate, aht, occupancy, csat, csatResponse];
      const values = all.map((figure) => figure?.value ?? 0);
      expect(values.every((value) => value > 0)).toBe(true);
    }, 60_000);
    const { items: agents } = await client.call('agents.list');
    const mei = found(
      'Mei',
      agents.find(({ name }) => name === 'Mei Lin'),
    );
    expect(mei.skills).not.toHaveLength(0);
    const { items: spells } = await client.call('agents.states', { params: { id: mei.id }, query: { limit: 100 } });
    expect(new Set(spells.map(({ state }) => state))).toEqual(new Set(['ready', 'away', 'busy', 'offline']));
  });

  it('starts again on what is there, and leaves no error behind', async () => {
    expect(await stop(demo)).toBe(0);
    expect(demo.said()).not.toMatch(/"level":50|\n\s+at /);
    demo = await startDemo(join(folder, 'data'), 4);
    await ready(demo);
    expect(demo.said()).not.toContain('Making a centre');
  });

  it('plays a day: colleagues come, answer what the hub gives them, resolve it, and have it before them', async () => {
    const client = await supervisor(demo);
    const since = new Date().toISOString();
    await eventually(async () => {
      const to = new Date(Date.now() + 60_000).toISOString();
      const { total } = await client.call('metrics.read', { query: { from: since, to } });
      const { firstResponse, resolved, aht } = total;
      expect([firstResponse.n, resolved.n, aht.value ?? 0].every((value) => value > 0)).toBe(true);
    }, 120_000);
    const { agents } = await client.call('floor.read');
    expect(agents.filter(({ state }) => state !== 'offline').length).toBeGreaterThan(1);
    expect(demo.said()).toContain('Day 1, 07:00');
    expect(await stop(demo)).toBe(0);
    expect(demo.said()).not.toMatch(/"level":50|could not go on|\n\s+at /);
  });

  it('says in one line that a folder is not its own', async () => {
    await writeFile(join(folder, 'letter.txt'), 'mine');
    const other = await startDemo(folder, 0);
    const [code] = await once(other.child, 'close');
    expect({ code, said: other.said() }).toEqual({
      code: 1,
      said: `${folder} holds data that is not the demo's: set DATA_DIR to an empty folder, or leave it out for ./data/demo.\n`,
    });
  });
});
