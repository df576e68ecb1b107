import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Api, Ask, TicketRow } from '@switchboard/contract';
import type { Agent } from '../support/agent.ts';
import { Desk, replyBody } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
}, 120_000);
afterAll(() => desk.close());

it('finds tickets and customers by number, subject, tag, name and address', async () => {
  const phone = desk.aPhone();
  const { ticket, customer } = await desk.aTicket('zebra crossing', phone);
  await desk.hub.admin.call('customers.update', { params: { id: customer.id }, body: { name: 'Renée Müller' } });
  await desk.update(ticket.id, { addTags: ['quagga'], subject: 'Okapi at night' });
  const numbers = async (q: string) =>
    (await desk.hub.admin.call('search', { query: { q } })).tickets.map(({ id }) => id);
  for (const q of [String(ticket.number), 'okapi', 'nig', 'quagga', phone.slice(1), 'renee mull'])
    expect([q, await numbers(q)]).toEqual([q, [ticket.id]]);
  expect(await numbers('okapi nowhere')).toEqual([]);
  const { customers } = await desk.hub.admin.call('search', { query: { q: 'mÜLL' } });
  expect(customers.map(({ id }) => id)).toEqual([customer.id]);
});

it('shows an agent nothing of other people’s queues', async () => {
  const secret = await desk.aTicket('strictly confidential');
  const [sales, support] = [await desk.aQueue('Sales'), secret.ticket.queue.id];
  const linus = await desk.invited('Linus', [sales]);
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
  await desk.update(id, { queueId: sales });
  await eventually(() => expect(linus.tickets.get(id)?.queue.name).toBe('Sales'));
  await linus.watch(id);
  await desk.update(id, { queueId: support });
  await eventually(() => expect(linus.tickets.get(id)?.queue.name).toBe('Support'));
  await desk.hub.admin.call('tickets.note', {
    params: { id },
    body: { clientId: crypto.randomUUID(), text: 'Not for Linus' },
  });
  const marker = await desk.aTicket('a marker for Linus');
  await desk.update(marker.ticket.id, { queueId: sales });
  await eventually(() => expect(linus.tickets.get(marker.ticket.id)?.queue.name).toBe('Sales'));
  expect(linus.conversation(id)).not.toContainEqual(expect.objectContaining({ type: 'note' }));
  expect(linus.tickets.get(id)?.preview?.text).toBe('strictly confidential');
});

it('tells an agent of a ticket that was theirs, though its queue is not', async () => {
  const { ticket } = await desk.aTicket('lent to Ludwig');
  const ludwig = await desk.invited('Ludwig', [await desk.aQueue('Loans')]);
  const { id } = await ludwig.api.call('session.read');
  await desk.update(ticket.id, { assigneeId: id });
  await eventually(() => expect(ludwig.tickets.get(ticket.id)?.assignee?.name).toBe('Ludwig'));
  const found = async () => (await ludwig.api.call('search', { query: { q: String(ticket.number) } })).tickets.length;
  expect(await found()).toBe(1);
  expect(await ludwig.asksToWatch(ticket.id)).toBe('replay');
  await desk.update(ticket.id, { assigneeId: null });
  await eventually(() => expect(ludwig.tickets.get(ticket.id)?.assignee).toBeNull());
  expect(await ludwig.asksToWatch(ticket.id)).toBe('gone');
  expect(await found()).toBe(0);
});

it('gives work to whoever has least, evenly over three agents', async () => {
  const queueId = await desk.aQueue('Evenly');
  const three = await Promise.all(['One', 'Two', 'Three'].map((name) => desk.invited(name, [queueId])));
  for (const agent of three) await agent.api.call('me.setState', { body: { state: 'ready' } });
  const fair = await desk.aLineTo(queueId);
  for (let number = 0; number < 12; number += 1) await fair.receives(desk.hub.url, desk.aPhone(), `work ${number}`);
  await eventually(async () => {
    const { items } = await desk.list({ view: 'open', queueId, limit: 100 });
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
});

it('pages by key through 120 tickets without a gap or a double while new ones come in', async () => {
  const queueId = await desk.aQueue('Crowded');
  const crowd = await desk.aLineTo(queueId);
  const receive = (number: number) => crowd.receives(desk.hub.url, desk.aPhone(), `crowd ${number}`);
  for (let from = 0; from < 120; from += 20)
    await Promise.all(Array.from({ length: 20 }, (_, index) => receive(from + index)));
  await eventually(async () => {
    const { items } = await desk.list({ view: 'open', queueId, limit: 200 });
    expect(items.filter(({ inboundCount }) => inboundCount === 1)).toHaveLength(120);
  }, 60_000);
  const rows: TicketRow[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await desk.list({ view: 'open', queueId, limit: 25, ...(cursor && { cursor }) });
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
  expect(await desk.hub.admin.refused('tickets.list', { query: { cursor: 'nonsense' } })).toMatchObject({
    status: 400,
  });
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
  for (const api of [desk.hub.admin, ...desk.agents.slice(0, 2).map((agent) => agent.api)]) {
    // What came in last may still be on its way.
    await eventually(async () => {
      const { queues, mineUnread, scheduled: _, ...counts } = await api.call('tickets.counts');
      const views = ['mine', 'unassigned', 'open', 'snoozed', 'resolved'] as const;
      const lists = await Promise.all(views.map(async (view) => [view, await lengthOf(api, { view })]));
      expect(counts).toEqual(Object.fromEntries(lists));
      const { items } = await api.call('tickets.list', { query: { view: 'mine', limit: 200 } });
      expect(items.filter((row) => row.inboundCount > row.seenInbound)).toHaveLength(mineUnread);
      for (const { queueId, open } of queues) expect(await lengthOf(api, { view: 'open', queueId })).toBe(open);
    });
  }
});

it('has walked an index for every query of this file', async () => {
  await desk.hub.admin.call('customers.list', { query: { q: 'ren' } });
  await desk.list({ view: 'all', tag: 'vip' });
  await desk.list({ view: 'unassigned' });
  await desk.list({ view: 'resolved' });
  expect(await desk.scans()).toMatchObject({ scans: 0, last: [] });
});
