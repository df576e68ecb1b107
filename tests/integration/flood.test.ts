import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { residentMiB } from '../load/drivers/cpu.ts';
import { eventually } from '../support/eventually.ts';
import { quantile, runFlood, type FloodReport } from '../support/flood/flood.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';

/** Far more comes in by one account than the hub can take, while another account and the agents go about their day. */
const FLOOD_MS = 4_000;
let hub: TestHub;
let flooded: SmsLine;
let quiet: SmsLine;
let home: TestDatabase;

beforeAll(async () => {
  home = await openTestDatabase();
  hub = await startHub({ env: home.hubEnv });
  [flooded, quiet] = [await SmsLine.of(hub), await SmsLine.of(hub)];
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await Promise.all([flooded.provider.close(), quiet.provider.close()]);
  await home.drop();
});

const storedOf = async (line: SmsLine): Promise<string[]> => {
  const entries = await home.connection
    .collection('entries')
    .find({ type: 'message', direction: 'in', channelAccountId: line.accountId })
    .toArray();
  return entries.map(({ externalId }) => String(externalId)).toSorted();
};

/** Until the flood is over: what others notice of it. */
async function meanwhile(flood: Promise<FloodReport>) {
  const seen = { apiMs: [] as number[], quiet: [] as number[], sids: [] as string[], mostMiB: 0 };
  let over = false;
  void flood.finally(() => (over = true));
  const repeat = async (everyMs: number, act: () => Promise<unknown>) => {
    for (; !over; await delay(everyMs)) await act();
  };
  await Promise.all([
    repeat(100, async () => {
      const began = performance.now();
      await hub.admin.call('tickets.list', { query: { view: 'open' } });
      seen.apiMs.push(performance.now() - began);
    }),
    repeat(150, async () => {
      const sid = SmsLine.newSid();
      const status = await quiet.receivesOnce(hub.url, `+1555333${1000 + seen.quiet.length}`, 'a quiet word', sid);
      seen.quiet.push(status);
      if (status === 200) seen.sids.push(sid);
    }),
    repeat(100, async () => (seen.mostMiB = Math.max(seen.mostMiB, residentMiB([hub.pid])))),
  ]);
  return seen;
}

it('asks a flood to come again, loses nothing that it took, and lets the others work', async () => {
  const { accountId, credentials } = flooded;
  const webhookUrl = `${hub.url}/webhooks/${accountId}`;
  // What a process holds that has worked is not what the flood costs.
  const before = await runFlood({ name: 'aa', webhookUrl, ...credentials, perSecond: 50, ms: 3_000 });
  const beforeMiB = residentMiB([hub.pid]);
  const flooding = runFlood({ name: 'f1', webhookUrl, ...credentials, perSecond: 4_000, ms: FLOOD_MS });
  const [report, seen] = await Promise.all([flooding, meanwhile(flooding)]);

  expect(report.otherwise).toEqual([]);
  // How many depends on how fast the machine is.
  expect(report.refused).toBeGreaterThan(0);
  expect(report.accepted.length).toBeGreaterThan(50);
  expect(report.retryAfter.every((seconds) => Number(seconds) >= 1)).toBe(true);
  // Bounds for a machine that others use as well; alone they are a third of it.
  expect(quantile(report.tookMs, 0.5)).toBeLessThan(750);
  expect(quantile(seen.apiMs, 0.5)).toBeLessThan(1_500);
  expect(seen.mostMiB - beforeMiB).toBeLessThan(120);
  expect(seen.sids.length / seen.quiet.length).toBeGreaterThan(0.8);

  await eventually(
    async () => expect(await storedOf(flooded)).toHaveLength(before.accepted.length + report.accepted.length),
    120_000,
  );
  const taken = new Set(await storedOf(flooded));
  expect(report.accepted.filter((sid) => !taken.has(sid))).toEqual([]);
  await eventually(async () => expect(await storedOf(quiet)).toEqual(seen.sids.toSorted()), 60_000);
}, 240_000);

it('says in the log that a flood began, and that it is over, and counts it', async () => {
  // On a busy machine it may pause for long enough to count as two.
  const words = () => hub.log.flatMap((line) => /(More|All)( that)? comes in/.exec(line)?.[1] ?? []);
  await eventually(() => expect(words().at(-1)).toBe('All'));
  expect(words()).toEqual(words().map((_, at) => (at % 2 === 0 ? 'More' : 'All')));
  const metrics = await (await fetch(`${hub.url}/metrics`)).text();
  expect(metrics).toMatch(/switchboard_ingress_refused_total\{reason="busy"\} [1-9]/);
  expect(metrics).toMatch(/switchboard_ingress_in_flight 0/);
});
