import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { amend, edit, react, remove } from '../support/amending.ts';
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

it('shows the visitor what an agent edits, reacts to and takes back, and nobody else’s agent does it', async () => {
  const agent = await Agent.at(hub.admin);
  const queueIds = (await hub.admin.call('queues.list', { query: {} })).items.map(({ id }) => id);
  const colleague = await Agent.invited(hub.admin, 'Grace', { queueIds });
  const customer = await Visitor.on(hub.url, account);
  await customer.says('When do you open?');
  const ticket = await agent.sees('When do you open?');
  await agent.watch(ticket.id);
  await agent.replies(ticket.id, 'At night');
  const told = await customer.gets('At night');
  const messages = () => agent.conversation(ticket.id).flatMap((entry) => (entry.type === 'message' ? [entry] : []));
  const asked = found(
    'the question',
    messages().find(({ direction }) => direction === 'in'),
  );
  const answer = await eventually(() =>
    found(
      'the answer, delivered',
      messages().find(({ direction, state }) => direction === 'out' && state === 'delivered'),
    ),
  );
  await expect(amend(colleague.api, answer, remove)).rejects.toThrow('refused with 400');

  await amend(agent.api, answer, edit('At nine'));
  await amend(agent.api, asked, react('👍'));
  await eventually(() => {
    expect(customer.messages.get(told.id)).toMatchObject({ changed: 'edited', parts: [{ text: 'At nine' }] });
    expect([...customer.messages.values()]).toContainEqual(expect.objectContaining({ reactions: ['👍'] }));
  });
  const params = { id: ticket.id, entryId: answer.id };
  await expect(colleague.api.call('entries.versions', { params })).rejects.toThrow('refused with 403');
  const once = crypto.randomUUID();
  for (const _ of [1, 2]) await amend(agent.api, answer, remove, once);
  await eventually(() => expect(customer.messages.get(told.id)).toMatchObject({ changed: 'deleted', parts: [] }));
  expect(await auditedOf(answer.id)).toEqual(['message.deleted', 'message.edited']);
  const again = await Visitor.on(hub.url, account, customer.welcome.token);
  expect(again.welcome.messages).toMatchObject([{ reactions: ['👍'] }, { changed: 'deleted', parts: [] }]);
  await eventually(() =>
    expect(messages().map(({ deletedBy, reactions }) => [deletedBy?.name, reactions?.[0]?.emoji])).toEqual([
      [undefined, '👍'],
      ['Ada Lovelace', undefined],
    ]),
  );
  for (const one of [customer, again]) one.leaves();
  for (const one of [agent, colleague]) one.disconnect();
});

const auditedOf = async (id: string) =>
  (await hub.admin.call('audit.list', { query: {} })).items.flatMap(({ subject, action }) =>
    subject === id ? [action] : [],
  );

it('tells agents whether the visitor is still there, and since when not', async () => {
  const agent = await Agent.at(hub.admin);
  const customer = await Visitor.on(hub.url, account);
  await customer.says('Are you still there?');
  const { id } = await agent.sees('Are you still there?');
  await agent.watch(id);
  const params = { id };
  expect(await agent.api.call('tickets.visitor', { params })).toEqual({
    visitor: { there: true, leftAt: null, page: null },
  });
  const told = () => agent.passing.findLast((event) => event.type === 'visitor' && event.ticketId === id);
  customer.leaves();
  await eventually(() =>
    expect(told()).toMatchObject({ visitor: { there: false, leftAt: expect.any(String), page: null } }),
  );
  const { visitor } = await agent.api.call('tickets.visitor', { params });
  expect(told()).toMatchObject({ visitor });
  const again = await Visitor.on(hub.url, account, customer.welcome.token);
  await eventually(() => expect(told()).toMatchObject({ visitor: { there: true, leftAt: null } }));
  again.leaves();
  agent.disconnect();
});

it('lets who wrote a note edit and delete it, and keeps what it said for them', async () => {
  const queueIds = (await hub.admin.call('queues.list', { query: {} })).items.map(({ id }) => id);
  const [writer, reader] = [
    await Agent.invited(hub.admin, 'Ida', { queueIds }),
    await Agent.invited(hub.admin, 'Joan', { queueIds }),
  ];
  const customer = await Visitor.on(hub.url, account);
  await customer.says('A word about my order');
  const { id } = await reader.sees('A word about my order');
  await reader.watch(id);
  const body = { clientId: crypto.randomUUID(), text: 'Pays late' };
  const note = await writer.api.call('tickets.note', { params: { id }, body });
  const params = { id, entryId: note.id };
  const edits = (agent: Agent, text: string, clientId = crypto.randomUUID()) =>
    agent.api.call('notes.edit', { params, body: { clientId, text } });
  await expect(edits(reader, 'Mine')).rejects.toThrow('refused with 403');
  await expect(reader.api.call('notes.delete', { params })).rejects.toThrow('refused with 403');
  const once = crypto.randomUUID();
  for (const _ of [1, 2]) await edits(writer, 'Pays slowly', once);
  // An edit that comes again after another one changes nothing.
  for (const _ of [1, 2]) await edits(writer, 'Pays in time');
  expect(await edits(writer, 'Pays slowly', once)).toMatchObject({ text: 'Pays in time' });
  const shown = () => reader.conversation(id).find((entry) => entry.id === note.id);
  await eventually(() => expect(shown()).toMatchObject({ text: 'Pays in time', editedBy: { name: 'Ida' } }));
  for (const _ of [1, 2]) await writer.api.call('notes.delete', { params });
  await eventually(() => expect(shown()).toMatchObject({ text: '', deletedBy: { name: 'Ida' } }));
  const { versions } = await writer.api.call('entries.versions', { params });
  expect(versions.map(({ text }) => text)).toEqual(['Pays late', 'Pays slowly', 'Pays in time']);
  expect(await auditedOf(note.id)).toEqual(['note.deleted', 'note.edited', 'note.edited']);
  customer.leaves();
  for (const one of [writer, reader]) one.disconnect();
});
