import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../support/services/index.ts';
import { planOf, type Trouble } from './plan.ts';
import { runPlan } from './run.ts';
import { Servers } from './world/servers.ts';

const missing = await Servers.missing();
const needed = (name: string) => (missing.includes(name) ? null : 'can be run here');

/** The short form of `npm run test:chaos`: every trouble once, from seeds that stay the same. */
describeWith({ RabbitMQ: needed('RabbitMQ'), Redis: needed('Redis') })('a centre keeps what it has accepted', () => {
  let folder: string;
  let servers: Servers;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'switchboard-chaos-'));
    servers = await Servers.start(folder);
  }, 120_000);
  afterAll(async () => {
    await servers.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }, 60_000);

  it.each<[number, Trouble[]]>([
    [1, ['hubs-killed', 'redis-flushed', 'webhooks-odd']],
    [2, ['database-killed', 'disk-full', 'broker-cut', 'clocks-apart']],
    [3, ['broker-restarted', 'redis-restarted', 'sockets-cut', 'providers-moody']],
  ])(
    'seed %i: %j',
    async (seed, only) => {
      const { violations, faults, folder: logs } = await runPlan(planOf(seed, { seconds: 8, only }), servers);
      expect({ seed, faults, logs, violations }).toMatchObject({ violations: [] });
    },
    200_000,
  );
});
