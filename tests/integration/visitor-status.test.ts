import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { VisitorPush } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { Visitor } from '../support/visitor.ts';

jest.setTimeout(120_000);
let hub: TestHub;
let account: string;
beforeAll(async () => {
  hub = await startHub();
  const body = { connectorId: 'webchat', name: 'Site', settings: {} };
  account = (await hub.admin.call('channelAccounts.create', { body })).id;
});
afterAll(() => hub.stop());

const statuses = (visitor: Visitor) =>
  visitor.pushes.filter((push): push is Extract<VisitorPush, { type: 'status' }> => push.type === 'status');
const tells = (visitor: Visitor, wanted: object) =>
  eventually(() => expect(statuses(visitor).at(-1)).toMatchObject(wanted), 40_000);

it('tells a waiting visitor when agents come and go, are away, and when the office closes', async () => {
  const visitor = await Visitor.on(hub.url, account);
  expect(visitor.welcome).toMatchObject({ online: false, agents: [] });
  const agent = await Agent.at(hub.admin);
  await tells(visitor, { online: true, agents: [{ name: 'Ada Lovelace' }] });
  await hub.admin.call('me.setState', { body: { state: 'away' } });
  await tells(visitor, { online: false, agents: [] });
  await hub.admin.call('me.setState', { body: { state: 'ready' } });
  await tells(visitor, { online: true });
  // Open only in the hour that is twelve hours away.
  const then = new Date(Date.now() + 12 * 3_600_000);
  const hour = String(then.getUTCHours()).padStart(2, '0');
  const hours = [{ weekday: then.getUTCDay() || 7, from: `${hour}:00`, to: `${hour}:30` }];
  await hub.admin.call('organisation.update', { body: { timeZone: 'UTC', hours } });
  await tells(visitor, { online: false });
  agent.disconnect();
  await tells(visitor, { online: false, agents: [] });
  visitor.leaves();
});

it('shows the visitor the agent’s picture, at an address that opens from other pages', async () => {
  const form = new FormData();
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  form.append('file', new Blob([Buffer.from(png, 'base64')]), 'me.png');
  expect((await hub.admin.fetch('/api/v1/me/picture', { method: 'PUT', body: form })).status).toBe(200);
  const agent = await Agent.at(hub.admin);
  const visitor = await Visitor.on(hub.url, account);
  await visitor.says('who are you?');
  const { id } = await agent.sees('who are you?');
  await agent.replies(id, 'I am Ada');
  const address = (await visitor.gets('I am Ada')).agent?.avatarUrl ?? '';
  expect(address).toMatch(`${hub.url}/faces/`);
  expect((await fetch(address)).headers.get('content-type')).toBe('image/png');
  agent.disconnect();
  visitor.leaves();
});

it('says how long an answer takes once there are enough to tell', async () => {
  await hub.admin.call('organisation.update', {
    body: { hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })) },
  });
  const agent = await Agent.at(hub.admin);
  for (let number = 0; number < 5; number += 1) {
    const customer = await Visitor.on(hub.url, account);
    await customer.says(`question ${number}.`);
    const { id } = await agent.sees(`question ${number}.`);
    await agent.replies(id, 'answer');
    await customer.gets('answer');
    customer.leaves();
  }
  await eventually(async () => {
    const visitor = await Visitor.on(hub.url, account);
    visitor.leaves();
    const { expectedReply } = visitor.welcome;
    expect(expectedReply?.toSeconds).toBeGreaterThanOrEqual(expectedReply?.fromSeconds ?? Infinity);
  });
  agent.disconnect();
});
