import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Agent } from '../support/agent.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { eventually, found } from '../support/eventually.ts';
import { Visitor } from '../support/visitor.ts';

let hub: TestHub;
let account: string;

beforeAll(async () => {
  hub = await startHub();
  const { id } = await hub.admin.call('channelAccounts.create', {
    body: { connectorId: 'webchat', name: 'Site', settings: {} },
  });
  account = id;
}, 120_000);
afterAll(() => hub.stop());

it('carries a conversation from the widget to the console and back', async () => {
  const agent = await Agent.at(hub.admin);
  const customer = await Visitor.on(hub.url, account);
  expect(await customer.says('My parcel is late')).toEqual({ ok: true });
  const ticket = await agent.sees('My parcel is late');
  await agent.watch(ticket.id);
  await agent.replies(ticket.id, 'Let me look');
  await customer.gets('Let me look');
  await eventually(() =>
    expect(agent.conversation(ticket.id)).toContainEqual(
      expect.objectContaining({ type: 'message', direction: 'out', state: 'delivered' }),
    ),
  );
  await customer.says('Thank you');
  await eventually(() => expect(agent.texts(ticket.id)).toEqual(['My parcel is late', 'Let me look', 'Thank you']));
  agent.disconnect();
  customer.leaves();
});

it('goes on where it was when the visitor comes back', async () => {
  const first = await Visitor.on(hub.url, account);
  await first.says('Before the reload');
  await eventually(() => expect(first.messages.size).toBe(1));
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
  const ticket = await eventually(async () => {
    const { items } = await hub.admin.call('tickets.list', { query: { view: 'all' } });
    return found(
      'the ticket',
      items.find(({ preview }) => preview?.text === 'only once'),
    );
  });
  await eventually(async () => {
    const { entries } = await hub.admin.call('tickets.read', { params: { id: ticket.id } });
    const messages = entries.filter((entry) => entry.type === 'message');
    expect(messages.map(({ passport }) => passport.duplicates)).toEqual([2]);
  });
  customer.leaves();
});
