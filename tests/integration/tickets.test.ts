import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Api, Ask, TicketDetail, TicketRow, TicketStatus } from '@switchboard/contract';
import mongoose, { type Connection } from 'mongoose';
import { Agent } from '../support/agent.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { SmsLine } from '../support/sms.ts';
import { messagesOf, textOf, theMessage, theTicketWith } from '../support/tickets.ts';

let hub: TestHub;
let line: SmsLine;
let database: Connection;
const agents: Agent[] = [];
let phones = 0;
const aPhone = () => `+1555200${String(++phones).padStart(4, '0')}`;

beforeAll(async () => {
  hub = await startHub();
  line = await SmsLine.of(hub);
  const socket = encodeURIComponent(join(hub.dataDir, 'database/mongo.sock'));
  database = await mongoose.createConnection(`mongodb://${socket}/?directConnection=true`).asPromise();
  await database.db?.admin().command({ scanStats: 1, reset: true });
}, 120_000);
afterAll(async () => {
  for (const agent of agents) agent.disconnect();
  await database.close();
  await hub.stop();
  await line.provider.close();
});

const call = {
  read: (id: string) => hub.admin.call('tickets.read', { params: { id } }),
  update: (id: string, body: Ask<Api['tickets.update']>['body']) =>
    hub.admin.call('tickets.update', { params: { id }, body }),
  list: (query: Ask<Api['tickets.list']>['query']) => hub.admin.call('tickets.list', { query }),
};

async function aTicket(words: string, from = aPhone(), by = line): Promise<TicketDetail> {
  expect(await by.receives(hub.url, from, words)).toBe(200);
  const { detail } = await theTicketWith(hub.admin, words);
  return eventually(async () => {
    const now = await call.read(detail.ticket.id);
    expect(now.ticket.inboundCount).toBeGreaterThan(0);
    return now;
  });
}

const replyBody = ({ targets }: TicketDetail, text: string) => ({
  clientId: crypto.randomUUID(),
  threadId: targets[0]?.threadId ?? '',
  parts: [{ type: 'text' as const, text }],
});

const historyOf = ({ entries }: TicketDetail) =>
  entries.flatMap((entry) => (entry.type === 'event' ? [[entry.event, entry.from, entry.to]] : []));

async function invited(name: string, queueIds: string[]): Promise<Agent> {
  const agent = await Agent.invited(hub.admin, name, { queueIds });
  agents.push(agent);
  return agent;
}

async function aQueue(name: string): Promise<string> {
  const { id } = await hub.admin.call('queues.create', { body: { name } });
  return id;
}

it('walks the table of statuses, and refuses what is not in it with 409', async () => {
  const { ticket } = await aTicket('walk through the states');
  const { id } = ticket;
  const snoozedUntil = new Date(Date.now() + 3_600_000).toISOString();
  const to = (status: TicketStatus) => ({ status, ...(status === 'snoozed' && { snoozedUntil }) });
  const walk: [TicketStatus, TicketStatus[]][] = [
    ['pending', ['open', 'snoozed', 'resolved']],
    ['open', ['pending', 'snoozed', 'resolved']],
    ['snoozed', ['open', 'pending', 'resolved']],
    ['resolved', ['open']],
  ];
  expect(ticket.nextStatuses).toEqual(['open', 'pending', 'snoozed', 'resolved']);
  for (const [status, next] of walk) {
    const now = await call.update(id, to(status));
    expect([now.status, now.nextStatuses]).toEqual([status, next]);
    for (const wrong of (['new', 'open', 'pending', 'snoozed', 'resolved'] as const).filter(
      (other) => other !== status && !next.includes(other),
    )) {
      const refusal = await hub.admin.refused('tickets.update', { params: { id }, body: to(wrong) });
      expect(refusal).toMatchObject({ status: 409, code: 'conflict' });
    }
  }
  await call.update(id, { status: 'open' });
  const steps = ['new', 'pending', 'open', 'snoozed', 'resolved', 'open'];
  expect(historyOf(await call.read(id))).toEqual(
    steps.slice(1).map((status, at) => ['status.changed', steps[at], status]),
  );
  const past = { status: 'snoozed' as const, snoozedUntil: new Date(Date.now() - 1000).toISOString() };
  expect(await hub.admin.refused('tickets.update', { params: { id }, body: past })).toMatchObject({
    error: { fields: [{ path: 'snoozedUntil' }] },
  });
});

it('wakes what was snoozed when its time comes, or when the customer writes', async () => {
  const [sleeper, phone] = [await aTicket('wake me soon'), aPhone()];
  const other = await aTicket('wake me when I write', phone);
  await call.update(other.ticket.id, {
    status: 'snoozed',
    snoozedUntil: new Date(Date.now() + 3_600_000).toISOString(),
  });
  const soon = new Date(Date.now() + 1200).toISOString();
  expect(await call.update(sleeper.ticket.id, { status: 'snoozed', snoozedUntil: soon })).toMatchObject({
    status: 'snoozed',
    snoozedUntil: soon,
  });
  await eventually(async () => {
    const { ticket, entries } = await call.read(sleeper.ticket.id);
    expect(ticket).toMatchObject({ status: 'open', snoozedUntil: null });
    expect(entries.at(-1)).toMatchObject({ author: { kind: 'system' }, from: 'snoozed', to: 'open' });
  });
  await line.receives(hub.url, phone, 'I am writing');
  await theMessage(hub.admin, other.ticket.id, 'I am writing', (_, { ticket }) => expect(ticket.status).toBe('open'));
});

it('keeps tags, priority, subject, queue, assignee and notes, each in the history', async () => {
  const { ticket } = await aTicket('change all of me');
  const { id } = ticket;
  const me = await hub.admin.call('session.read');
  const queueId = await aQueue('Returns');
  await call.update(id, { addTags: ['vip', 'late'], priority: 'high', subject: 'Changed' });
  await call.update(id, { removeTags: ['late'] });
  await call.update(id, { assigneeId: me.id });
  await call.update(id, { queueId });
  await hub.admin.call('tickets.note', { params: { id }, body: { clientId: crypto.randomUUID(), text: 'Be kind.' } });
  const detail = await call.read(id);
  expect(detail.ticket).toMatchObject({
    tags: ['vip'],
    priority: 'high',
    subject: 'Changed',
    queue: { name: 'Returns' },
    // Another queue's people are asked anew.
    assignee: null,
    preview: { from: 'note', text: 'Be kind.' },
  });
  expect(historyOf(detail)).toEqual([
    ['priority.changed', 'normal', 'high'],
    ['subject.changed', 'change all of me', 'Changed'],
    ['tags.changed', null, 'vip, late'],
    ['tags.changed', 'vip, late', 'vip'],
    ['assignee.changed', null, 'Ada Lovelace'],
    ['queue.changed', 'Support', 'Returns'],
  ]);
  // The same again changes nothing.
  const again = await call.update(id, { addTags: ['vip'], priority: 'high', queueId });
  expect(again.seq).toBe(detail.ticket.seq);
});

it('holds a reply back when the customer wrote in the meantime, until it is forced', async () => {
  const phone = aPhone();
  const detail = await aTicket('the first version', phone);
  const { id, seq } = detail.ticket;
  await line.receives(hub.url, phone, 'the corrected version');
  await theMessage(hub.admin, id, 'corrected');
  const body = { ...replyBody(detail, 'Answer to the first'), seenSeq: seq };
  const refusal = await hub.admin.refused('tickets.reply', { params: { id }, body });
  expect(refusal).toMatchObject({
    status: 409,
    code: 'changed',
    error: { current: { entryIds: [expect.any(String)] } },
  });
  expect(messagesOf(await call.read(id)).map(textOf)).toEqual(['the first version', 'the corrected version']);
  await hub.admin.call('tickets.reply', { params: { id }, body: { ...body, force: true } });
  await eventually(() => expect(line.sentTo(phone)).toEqual(['Answer to the first']));
  // What one changes oneself is no news.
  const { ticket } = await call.read(id);
  await call.update(id, { addTags: ['mine'] });
  const next = { ...replyBody(detail, 'And another'), seenSeq: ticket.seq, thenStatus: 'resolved' as const };
  await hub.admin.call('tickets.reply', { params: { id }, body: next });
  expect((await call.read(id)).ticket).toMatchObject({ status: 'resolved', waitingSince: null });
});

it('takes a reply and a note that are posted again as the same one', async () => {
  const phone = aPhone();
  const detail = await aTicket('answer me once', phone);
  const { id } = detail.ticket;
  const reply = { params: { id }, body: replyBody(detail, 'Once and only once') };
  const note = { params: { id }, body: { clientId: crypto.randomUUID(), text: 'A note' } };
  const replies = await Promise.all([1, 2, 3].map(() => hub.admin.call('tickets.reply', reply)));
  const notes = await Promise.all([1, 2, 3].map(() => hub.admin.call('tickets.note', note)));
  expect(new Set(replies.map((one) => one.id)).size).toBe(1);
  expect(new Set(notes.map((one) => one.id)).size).toBe(1);
  await theMessage(hub.admin, id, 'only once', ({ state }) => expect(state).toBe('accepted'));
  expect(line.sentTo(phone)).toEqual(['Once and only once']);
  expect((await call.read(id)).entries.filter(({ type }) => type === 'note')).toHaveLength(1);
});

it('moves a message that does not belong here, and what follows it, to a ticket of its own', async () => {
  const phone = aPhone();
  const detail = await aTicket('about my order', phone);
  await line.receives(hub.url, phone, 'something else entirely');
  const message = await theMessage(hub.admin, detail.ticket.id, 'something else');
  await line.receives(hub.url, phone, 'and more of it');
  await theMessage(hub.admin, detail.ticket.id, 'and more');
  const params = { id: detail.ticket.id, entryId: message.id };
  const [one, two] = await Promise.all([
    hub.admin.call('tickets.split', { params }),
    hub.admin.call('tickets.split', { params }),
  ]);
  expect(one.id).toBe(two.id);
  expect(one.id).not.toBe(detail.ticket.id);
  const moved = await call.read(one.id);
  expect(messagesOf(moved).map(textOf)).toEqual(['something else entirely', 'and more of it']);
  expect(moved.ticket).toMatchObject({ inboundCount: 2, customer: { id: detail.customer.id } });
  expect(messagesOf(await call.read(detail.ticket.id)).map(textOf)).toEqual([
    'about my order',
    `(moved to #${one.number})`,
    `(moved to #${one.number})`,
  ]);
  await hub.admin.call('tickets.reply', { params: { id: one.id }, body: replyBody(moved, 'To the other matter') });
  await eventually(() => expect(line.sentTo(phone)).toEqual(['To the other matter']));
});

it('counts what each agent has seen', async () => {
  const phone = aPhone();
  const { ticket } = await aTicket('seen one', phone);
  await line.receives(hub.url, phone, 'seen two');
  await theMessage(hub.admin, ticket.id, 'seen two', (_, now) => expect(now.ticket.inboundCount).toBe(2));
  const seen = (inboundCount: number) =>
    hub.admin.call('tickets.seen', { params: { id: ticket.id }, body: { inboundCount } });
  await seen(1);
  expect((await call.read(ticket.id)).ticket.seenInbound).toBe(1);
  await seen(9);
  await seen(1);
  expect((await call.read(ticket.id)).ticket.seenInbound).toBe(2);
  const colleague = await invited('Grace', [ticket.queue.id]);
  const { items } = await colleague.api.call('tickets.list', { query: { view: 'open' } });
  expect(items.find(({ id }) => id === ticket.id)).toMatchObject({ inboundCount: 2, seenInbound: 0 });
});

it('finds tickets and customers by number, subject, tag, name and address', async () => {
  const phone = aPhone();
  const { ticket, customer } = await aTicket('zebra crossing', phone);
  await hub.admin.call('customers.update', { params: { id: customer.id }, body: { name: 'Renée Müller' } });
  await call.update(ticket.id, { addTags: ['quagga'], subject: 'Okapi at night' });
  const numbers = async (q: string) => (await hub.admin.call('search', { query: { q } })).tickets.map(({ id }) => id);
  for (const q of [String(ticket.number), 'okapi', 'nig', 'quagga', phone.slice(1), 'renee mull'])
    expect([q, await numbers(q)]).toEqual([q, [ticket.id]]);
  expect(await numbers('okapi nowhere')).toEqual([]);
  const { customers } = await hub.admin.call('search', { query: { q: 'mÜLL' } });
  expect(customers.map(({ id }) => id)).toEqual([customer.id]);
});

it('changes a customer’s name and attributes, and shows them wherever the customer is', async () => {
  const { ticket, customer } = await aTicket('who am I');
  const params = { id: customer.id };
  await hub.admin.call('customers.update', {
    params,
    body: { name: 'Joan Clarke', attributes: { plan: 'gold', since: '2019' } },
  });
  const changed = await hub.admin.call('customers.update', { params, body: { attributes: { since: null } } });
  expect(changed).toMatchObject({ name: 'Joan Clarke', attributes: { plan: 'gold' } });
  await eventually(async () => {
    const detail = await call.read(ticket.id);
    expect([detail.customer.name, detail.ticket.customer.name]).toEqual(['Joan Clarke', 'Joan Clarke']);
  });
  // A name that people gave is not overwritten by what a provider says.
  await line.receives(hub.url, customer.handles[0]?.value ?? '', 'still me');
  await theMessage(hub.admin, ticket.id, 'still me');
  expect((await hub.admin.call('customers.read', { params })).name).toBe('Joan Clarke');
});

it('shows an agent nothing of other people’s queues', async () => {
  const secret = await aTicket('strictly confidential');
  const [sales, support] = [await aQueue('Sales'), secret.ticket.queue.id];
  const linus = await invited('Linus', [sales]);
  const { id, number } = secret.ticket;
  const { items } = await linus.api.call('tickets.list', { query: { view: 'all', limit: 200 } });
  expect(items).toEqual([]);
  expect(await linus.api.call('tickets.counts')).toMatchObject({
    open: 0,
    unassigned: 0,
    queues: [{ queueId: sales }],
  });
  expect((await linus.api.call('search', { query: { q: String(number) } })).tickets).toEqual([]);
  expect(await linus.api.refused('tickets.list', { query: { queueId: support } })).toMatchObject({ status: 403 });
  const at = { params: { id } };
  const hidden = [
    linus.api.refused('tickets.read', at),
    linus.api.refused('tickets.entries', at),
    linus.api.refused('tickets.metrics', at),
    linus.api.refused('tickets.update', { ...at, body: { priority: 'low' } }),
    linus.api.refused('tickets.reply', { ...at, body: replyBody(secret, 'Hi') }),
    linus.api.refused('tickets.note', { ...at, body: { clientId: crypto.randomUUID(), text: 'Hi' } }),
  ];
  expect((await Promise.all(hidden)).map(({ status }) => status)).toEqual(hidden.map(() => 404));
  expect(await linus.asksToWatch(id)).toBe('gone');

  // What comes into his queue he sees and hears, and no more once it has left it again.
  await call.update(id, { queueId: sales });
  await eventually(() => expect(linus.tickets.get(id)?.queue.name).toBe('Sales'));
  await linus.watch(id);
  await call.update(id, { queueId: support });
  await eventually(() => expect(linus.tickets.get(id)?.queue.name).toBe('Support'));
  await hub.admin.call('tickets.note', {
    params: { id },
    body: { clientId: crypto.randomUUID(), text: 'Not for Linus' },
  });
  const marker = await aTicket('a marker for Linus');
  await call.update(marker.ticket.id, { queueId: sales });
  await eventually(() => expect(linus.tickets.get(marker.ticket.id)?.queue.name).toBe('Sales'));
  expect(linus.conversation(id)).not.toContainEqual(expect.objectContaining({ type: 'note' }));
  expect(linus.tickets.get(id)?.preview?.text).toBe('strictly confidential');
});

it('tells an agent of a ticket that was theirs, though its queue is not', async () => {
  const { ticket } = await aTicket('lent to Ludwig');
  const ludwig = await invited('Ludwig', [await aQueue('Loans')]);
  const { id } = await ludwig.api.call('session.read');
  await call.update(ticket.id, { assigneeId: id });
  await eventually(() => expect(ludwig.tickets.get(ticket.id)?.assignee?.name).toBe('Ludwig'));
  expect(await ludwig.asksToWatch(ticket.id)).toBe('replay');
  await call.update(ticket.id, { assigneeId: null });
  await eventually(() => expect(ludwig.tickets.get(ticket.id)?.assignee).toBeNull());
  expect(await ludwig.asksToWatch(ticket.id)).toBe('gone');
});

it('gives work to whoever has least, evenly over three agents', async () => {
  const queueId = await aQueue('Evenly');
  const three = await Promise.all(['One', 'Two', 'Three'].map((name) => invited(name, [queueId])));
  for (const agent of three) await agent.api.call('me.setState', { body: { state: 'ready' } });
  const fair = await SmsLine.of(hub);
  await hub.admin.call('channelAccounts.update', { params: { id: fair.accountId }, body: { queueId } });
  for (let number = 0; number < 12; number += 1) await fair.receives(hub.url, aPhone(), `work ${number}`);
  await eventually(async () => {
    const { items } = await call.list({ view: 'open', queueId, limit: 100 });
    const load = new Map<string, number>();
    for (const { assignee } of items) load.set(assignee?.name ?? '-', (load.get(assignee?.name ?? '-') ?? 0) + 1);
    expect([...load].toSorted()).toEqual([
      ['One', 4],
      ['Three', 4],
      ['Two', 4],
    ]);
  });
  const mine = await three[0]?.api.call('tickets.list', { query: { view: 'mine' } });
  expect(mine?.items).toHaveLength(4);
  await fair.provider.close();
});

it('pages by key through 120 tickets without a gap or a double while new ones come in', async () => {
  const queueId = await aQueue('Crowded');
  const crowd = await SmsLine.of(hub);
  await hub.admin.call('channelAccounts.update', { params: { id: crowd.accountId }, body: { queueId } });
  const receive = (number: number) => crowd.receives(hub.url, aPhone(), `crowd ${number}`);
  for (let from = 0; from < 120; from += 20)
    await Promise.all(Array.from({ length: 20 }, (_, index) => receive(from + index)));
  await eventually(async () => {
    const { items } = await call.list({ view: 'open', queueId, limit: 200 });
    expect(items.filter(({ inboundCount }) => inboundCount === 1)).toHaveLength(120);
  }, 60_000);
  const rows: TicketRow[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await call.list({ view: 'open', queueId, limit: 25, ...(cursor && { cursor }) });
    rows.push(...page.items);
    cursor = page.next;
    await receive(1000 + rows.length);
  }
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  const texts = new Set(rows.map(({ preview }) => preview?.text));
  for (let number = 0; number < 120; number += 1) expect(texts).toContain(`crowd ${number}`);
  expect(rows.map(({ updatedAt }) => updatedAt)).toEqual(
    rows
      .map(({ updatedAt }) => updatedAt)
      .toSorted()
      .toReversed(),
  );
  expect(await hub.admin.refused('tickets.list', { query: { cursor: 'nonsense' } })).toMatchObject({ status: 400 });
  await crowd.provider.close();
}, 120_000);

it('counts as many as its lists hold, for each who asks', async () => {
  const lengthOf = async (agent: Agent['api'], query: Ask<Api['tickets.list']>['query']) => {
    let [length, cursor]: [number, string | null | undefined] = [0, undefined];
    while (cursor !== null) {
      const page: { items: TicketRow[]; next: string | null } = await agent.call('tickets.list', {
        query: { ...query, limit: 200, ...(cursor && { cursor }) },
      });
      [length, cursor] = [length + page.items.length, page.next];
    }
    return length;
  };
  for (const api of [hub.admin, ...agents.slice(0, 2).map((agent) => agent.api)]) {
    // What came in last may still be on its way.
    await eventually(async () => {
      const { queues, ...counts } = await api.call('tickets.counts');
      const views = ['mine', 'unassigned', 'open', 'snoozed', 'resolved'] as const;
      const lists = await Promise.all(views.map(async (view) => [view, await lengthOf(api, { view })]));
      expect(counts).toEqual(Object.fromEntries(lists));
      for (const { queueId, open } of queues) expect(await lengthOf(api, { view: 'open', queueId })).toBe(open);
    });
  }
});

it('has walked an index for every query of this file', async () => {
  await hub.admin.call('customers.list', { query: { q: 'ren' } });
  await call.list({ view: 'all', tag: 'vip' });
  await call.list({ view: 'unassigned' });
  await call.list({ view: 'resolved' });
  const stats = await database.db?.admin().command({ scanStats: 1 });
  expect(stats).toMatchObject({ scans: 0, last: [] });
});
