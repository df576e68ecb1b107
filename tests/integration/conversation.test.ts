import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Agent } from '../support/agent.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { until } from '../support/until.ts';
import { Visitor } from '../support/visitor.ts';

let hub: TestHub;
let account: string;

beforeAll(async () => {
  hub = await startHub();
  const { id } = await hub.admin.call('channelAccounts.create', {
    body: { connectorId: 'webchat', name: 'Site', settings: {} },
  });
  account = id;
}, 60_000);
afterAll(() => hub.stop());

it('carries a conversation from the widget to the console and back', async () => {
  const agent = await Agent.at(hub.admin);
  const customer = await Visitor.on(hub.url, account);
  expect(await customer.says('My parcel is late')).toEqual({ ok: true });
  const ticket = await agent.sees('My parcel is late');
  await agent.watch(ticket.id);
  await agent.replies(ticket.id, 'Let me look');
  await customer.gets('Let me look');
  await until('delivered', () =>
    agent
      .conversation(ticket.id)
      .some((entry) => entry.type === 'message' && entry.state === 'delivered' && entry.direction === 'out'),
  );
  await customer.says('Thank you');
  await until('the thanks', () => agent.texts(ticket.id).includes('Thank you'));
  expect(agent.texts(ticket.id)).toEqual(['My parcel is late', 'Let me look', 'Thank you']);
  agent.disconnect();
  customer.leaves();
});

it('goes on where it was when the visitor comes back', async () => {
  const first = await Visitor.on(hub.url, account);
  await first.says('Before the reload');
  await until('stored', () => [...first.messages.values()].length === 1);
  first.leaves();
  const again = await Visitor.on(hub.url, account, first.welcome.token);
  expect(again.welcome.visitorId).toBe(first.welcome.visitorId);
  expect(again.welcome.messages.map(({ parts }) => parts)).toEqual([[{ type: 'text', text: 'Before the reload' }]]);
  again.leaves();
});

it('takes a frame that is sent again as the same message', async () => {
  const customer = await Visitor.on(hub.url, account);
  const id = '0190a5d2-6f3e-7d50-9c43-0c5a4f6f7a11';
  await Promise.all([customer.says('only once', id), customer.says('only once', id), customer.says('only once', id)]);
  const { items } = await until('the ticket', async () => {
    const page = await hub.admin.call('tickets.list', { query: { view: 'all' } });
    return page.items.some(({ preview }) => preview?.text === 'only once') ? page : undefined;
  });
  const ticket = items.find(({ preview }) => preview?.text === 'only once');
  await until('the duplicates', async () => {
    const { entries } = await hub.admin.call('tickets.read', { params: { id: ticket?.id ?? '' } });
    const messages = entries.filter((entry) => entry.type === 'message');
    return messages.length === 1 && messages[0]?.passport.duplicates === 2;
  });
  customer.leaves();
});
