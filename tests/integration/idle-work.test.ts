import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DEFAULT_CAPACITY } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

const MINUTE = 60_000;
let hub: TestHub;
let line: SmsLine;
let agent: Agent;

beforeAll(async () => {
  hub = await startHub({ clockMs: 0 });
  line = await SmsLine.of(hub);
  const { id: queue } = await hub.admin.call('queues.create', { body: { name: 'One text' } });
  await hub.admin.call('channelAccounts.update', { params: { id: line.accountId }, body: { queueId: queue } });
  const { sms } = DEFAULT_CAPACITY.channels;
  const channels = { ...DEFAULT_CAPACITY.channels, sms: { ...sms, idleMinutes: 20 } };
  await hub.admin.call('organisation.update', { body: { capacity: { perAgent: 0.5, channels } } });
  agent = await Agent.invited(hub.admin, 'Grace', { queueIds: [queue] });
}, 60_000);

afterAll(async () => {
  agent.disconnect();
  await hub.stop();
  await line.provider.close();
});

const aText = async (from: string, words: string) => {
  expect(await line.receives(hub.url, from, words)).toBe(200);
  return (await theTicketWith(hub.admin, words)).detail.ticket.id;
};
const assigneeOf = async (id: string) =>
  (await hub.admin.call('tickets.read', { params: { id } })).ticket.assignee?.name ?? null;
const isWith = (id: string, name: string | null) =>
  eventually(async () => expect(await assigneeOf(id)).toBe(name), 40_000);
const usedNow = async (id: string) => {
  const { routing } = await hub.admin.call('tickets.routing', { params: { id } });
  return routing?.candidates[0]?.load?.used;
};

it('makes room for another when an answered conversation has been silent long enough', async () => {
  const first = await aText('+15553370001', 'Is it open?');
  await isWith(first, 'Grace');
  const second = await aText('+15553370002', 'Is it still open?');

  // However long its customer waits for an answer, it is work.
  hub.putClock(25 * MINUTE);
  await eventually(async () => expect(await usedNow(second)).toBe(0.5), 40_000);
  expect(await assigneeOf(second)).toBeNull();

  await agent.replies(first, 'Until six');
  expect(await usedNow(second)).toBe(0.5);
  hub.putClock(50 * MINUTE);
  await isWith(second, 'Grace');
  expect(await assigneeOf(first)).toBe('Grace');
}, 120_000);
