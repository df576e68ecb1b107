import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TicketDetail, TicketStatus } from '@switchboard/contract';
import { Desk, replyBody } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { messagesOf, textOf, theMessage } from '../support/tickets.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
}, 120_000);
afterAll(() => desk.close());

const historyOf = ({ entries }: TicketDetail) =>
  entries.flatMap((entry) => (entry.type === 'event' ? [[entry.event, entry.from, entry.to]] : []));

it('walks the table of statuses, and refuses what is not in it with 409', async () => {
  const { ticket } = await desk.aTicket('walk through the states');
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
    const now = await desk.update(id, to(status));
    expect([now.status, now.nextStatuses]).toEqual([status, next]);
    for (const wrong of (['new', 'open', 'pending', 'snoozed', 'resolved'] as const).filter(
      (other) => other !== status && !next.includes(other),
    )) {
      const refusal = await desk.hub.admin.refused('tickets.update', { params: { id }, body: to(wrong) });
      expect(refusal).toMatchObject({ status: 409, code: 'conflict' });
    }
  }
  await desk.update(id, { status: 'open' });
  const steps = ['new', 'pending', 'open', 'snoozed', 'resolved', 'open'];
  expect(historyOf(await desk.read(id))).toEqual(
    steps.slice(1).map((status, at) => ['status.changed', steps[at], status]),
  );
  const past = { status: 'snoozed' as const, snoozedUntil: new Date(Date.now() - 1000).toISOString() };
  expect(await desk.hub.admin.refused('tickets.update', { params: { id }, body: past })).toMatchObject({
    error: { fields: [{ path: 'snoozedUntil' }] },
  });
});

it('wakes what was snoozed when its time comes, or when the customer writes', async () => {
  const [sleeper, phone] = [await desk.aTicket('wake me soon'), desk.aPhone()];
  const other = await desk.aTicket('wake me when I write', phone);
  await desk.update(other.ticket.id, {
    status: 'snoozed',
    snoozedUntil: new Date(Date.now() + 3_600_000).toISOString(),
  });
  const soon = new Date(Date.now() + 1200).toISOString();
  expect(await desk.update(sleeper.ticket.id, { status: 'snoozed', snoozedUntil: soon })).toMatchObject({
    status: 'snoozed',
    snoozedUntil: soon,
  });
  await eventually(async () => {
    const { ticket, entries } = await desk.read(sleeper.ticket.id);
    expect(ticket).toMatchObject({ status: 'open', snoozedUntil: null });
    expect(entries.at(-1)).toMatchObject({ author: { kind: 'system' }, from: 'snoozed', to: 'open' });
  });
  await desk.line.receives(desk.hub.url, phone, 'I am writing');
  await theMessage(desk.hub.admin, other.ticket.id, 'I am writing', (_, { ticket }) =>
    expect(ticket.status).toBe('open'),
  );
});

it('keeps tags, priority, subject, queue, assignee and notes, each in the history', async () => {
  const { ticket } = await desk.aTicket('change all of me');
  const { id } = ticket;
  const me = await desk.hub.admin.call('session.read');
  const queueId = await desk.aQueue('Returns');
  await desk.update(id, { addTags: ['vip', 'late'], priority: 'high', subject: 'Changed' });
  await desk.update(id, { removeTags: ['late'] });
  await desk.update(id, { assigneeId: me.id });
  await desk.update(id, { queueId });
  await desk.hub.admin.call('tickets.note', {
    params: { id },
    body: { clientId: crypto.randomUUID(), text: 'Be kind.' },
  });
  const detail = await desk.read(id);
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
  const again = await desk.update(id, { addTags: ['vip'], priority: 'high', queueId });
  expect(again.seq).toBe(detail.ticket.seq);
});

it('holds a reply back when the customer wrote in the meantime, until it is forced', async () => {
  const phone = desk.aPhone();
  const detail = await desk.aTicket('the first version', phone);
  const { id, seq } = detail.ticket;
  await desk.line.receives(desk.hub.url, phone, 'the corrected version');
  await theMessage(desk.hub.admin, id, 'corrected');
  const body = { ...replyBody(detail, 'Answer to the first'), seenSeq: seq };
  const refusal = await desk.hub.admin.refused('tickets.reply', { params: { id }, body });
  expect(refusal).toMatchObject({
    status: 409,
    code: 'changed',
    error: { current: { seq: expect.any(Number), news: [{ kind: 'message', text: 'the corrected version' }] } },
  });
  expect(messagesOf(await desk.read(id)).map(textOf)).toEqual(['the first version', 'the corrected version']);
  await desk.hub.admin.call('tickets.reply', { params: { id }, body: { ...body, force: true } });
  await eventually(() => expect(desk.line.sentTo(phone)).toEqual(['Answer to the first']));
  // What one changes oneself is no news.
  const { ticket } = await desk.read(id);
  await desk.update(id, { addTags: ['mine'] });
  const next = { ...replyBody(detail, 'And another'), seenSeq: ticket.seq, thenStatus: 'resolved' as const };
  await desk.hub.admin.call('tickets.reply', { params: { id }, body: next });
  expect((await desk.read(id)).ticket).toMatchObject({ status: 'resolved', waitingSince: null });
});

it('takes a reply and a note that are posted again as the same one', async () => {
  const phone = desk.aPhone();
  const detail = await desk.aTicket('answer me once', phone);
  const { id } = detail.ticket;
  const reply = { params: { id }, body: replyBody(detail, 'Once and only once') };
  const note = { params: { id }, body: { clientId: crypto.randomUUID(), text: 'A note' } };
  const replies = await Promise.all([1, 2, 3].map(() => desk.hub.admin.call('tickets.reply', reply)));
  const notes = await Promise.all([1, 2, 3].map(() => desk.hub.admin.call('tickets.note', note)));
  expect(new Set(replies.map((one) => one.id)).size).toBe(1);
  expect(new Set(notes.map((one) => one.id)).size).toBe(1);
  await theMessage(desk.hub.admin, id, 'only once', ({ state }) => expect(state).toBe('accepted'));
  expect(desk.line.sentTo(phone)).toEqual(['Once and only once']);
  expect((await desk.read(id)).entries.filter(({ type }) => type === 'note')).toHaveLength(1);
});

it('moves a message that does not belong here, and what follows it, to a ticket of its own', async () => {
  const phone = desk.aPhone();
  const detail = await desk.aTicket('about my order', phone);
  await desk.line.receives(desk.hub.url, phone, 'something else entirely');
  const message = await theMessage(desk.hub.admin, detail.ticket.id, 'something else');
  await desk.line.receives(desk.hub.url, phone, 'and more of it');
  await theMessage(desk.hub.admin, detail.ticket.id, 'and more');
  const params = { id: detail.ticket.id, entryId: message.id };
  const [one, two] = await Promise.all([
    desk.hub.admin.call('tickets.split', { params }),
    desk.hub.admin.call('tickets.split', { params }),
  ]);
  expect(one.id).toBe(two.id);
  expect(one.id).not.toBe(detail.ticket.id);
  const moved = await desk.read(one.id);
  expect(messagesOf(moved).map(textOf)).toEqual(['something else entirely', 'and more of it']);
  expect(moved.ticket).toMatchObject({ inboundCount: 2, customer: { id: detail.customer.id } });
  expect(messagesOf(await desk.read(detail.ticket.id)).map(textOf)).toEqual([
    'about my order',
    `(moved to #${one.number})`,
    `(moved to #${one.number})`,
  ]);
  await desk.hub.admin.call('tickets.reply', { params: { id: one.id }, body: replyBody(moved, 'To the other matter') });
  await eventually(() => expect(desk.line.sentTo(phone)).toEqual(['To the other matter']));
});

it('takes what the sender says after a split to where the talk went on last', async () => {
  const phone = desk.aPhone();
  const detail = await desk.aTicket('my first matter', phone);
  await desk.line.receives(desk.hub.url, phone, 'my second matter');
  const message = await theMessage(desk.hub.admin, detail.ticket.id, 'second matter');
  const params = { id: detail.ticket.id, entryId: message.id };
  const split = await desk.hub.admin.call('tickets.split', { params });
  await desk.line.receives(desk.hub.url, phone, 'right after the split');
  await theMessage(desk.hub.admin, split.id, 'right after the split');
  const body = replyBody(await desk.read(detail.ticket.id), 'Back to your first matter');
  await desk.hub.admin.call('tickets.reply', { params: { id: detail.ticket.id }, body });
  await desk.line.receives(desk.hub.url, phone, 'about that first one');
  await theMessage(desk.hub.admin, detail.ticket.id, 'about that first one');
});

it('counts what each agent has seen', async () => {
  const phone = desk.aPhone();
  const { ticket } = await desk.aTicket('seen one', phone);
  await desk.line.receives(desk.hub.url, phone, 'seen two');
  await theMessage(desk.hub.admin, ticket.id, 'seen two', (_, now) => expect(now.ticket.inboundCount).toBe(2));
  const seen = (inboundCount: number) =>
    desk.hub.admin.call('tickets.seen', { params: { id: ticket.id }, body: { inboundCount } });
  await seen(1);
  expect((await desk.read(ticket.id)).ticket.seenInbound).toBe(1);
  await seen(9);
  await seen(1);
  expect((await desk.read(ticket.id)).ticket.seenInbound).toBe(2);
  const colleague = await desk.invited('Grace', [ticket.queue.id]);
  const { items } = await colleague.api.call('tickets.list', { query: { view: 'open' } });
  expect(items.find(({ id }) => id === ticket.id)).toMatchObject({ inboundCount: 2, seenInbound: 0 });
});

it('changes a customer’s name and attributes, and shows them wherever the customer is', async () => {
  const { ticket, customer } = await desk.aTicket('who am I');
  const params = { id: customer.id };
  await desk.hub.admin.call('customers.update', {
    params,
    body: { name: 'Joan Clarke', attributes: { plan: 'gold', since: '2019' } },
  });
  const changed = await desk.hub.admin.call('customers.update', { params, body: { attributes: { since: null } } });
  expect(changed).toMatchObject({ name: 'Joan Clarke', attributes: { plan: 'gold' } });
  await eventually(async () => {
    const detail = await desk.read(ticket.id);
    expect([detail.customer.name, detail.ticket.customer.name]).toEqual(['Joan Clarke', 'Joan Clarke']);
  });
  // A name that people gave is not overwritten by what a provider says.
  await desk.line.receives(desk.hub.url, customer.handles[0]?.value ?? '', 'still me');
  await theMessage(desk.hub.admin, ticket.id, 'still me');
  expect((await desk.hub.admin.call('customers.read', { params })).name).toBe('Joan Clarke');
});

it('has walked an index for every query of this file', async () => {
  expect(await desk.scans()).toMatchObject({ scans: 0, last: [] });
});
