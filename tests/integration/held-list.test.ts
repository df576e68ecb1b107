import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { HeldEntry, HeldRow, Passing, TicketDetail } from '@switchboard/contract';
import type { ApiClient } from '../support/api-client.ts';
import { Agent } from '../support/agent.ts';
import { Desk, replyBody } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { textOf } from '../support/tickets.ts';

const DAY = 86_400_000;
let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
}, 120_000);
afterAll(() => desk.close());

const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
const laterIn = (days: number) => ({ kind: 'later' as const, until: inDays(days) });

function held(api: ApiClient, detail: TicketDetail, text: string, hold: ReturnType<typeof laterIn>) {
  const body = { ...replyBody(detail, text), hold };
  return api.call('held.create', { params: { id: detail.ticket.id }, body });
}
const paramsOf = ({ ticketId, id }: HeldEntry) => ({ params: { id: ticketId, entryId: id } });
const wordsOf = (rows: readonly HeldRow[]) => rows.map((row) => textOf(row.held));

async function all(api: ApiClient, of: 'me' | 'everyone', limit = 200): Promise<HeldRow[]> {
  const rows: HeldRow[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: { items: HeldRow[]; next: string | null } = await api.call('held.list', {
      query: { of, limit, ...(cursor !== undefined && { cursor }) },
    });
    rows.push(...page.items);
    cursor = page.next;
  }
  return rows;
}

it('lists what waits, the next to go out first, page by page: mine for me, everyone’s for supervisors', async () => {
  const detail = await desk.aTicket('many answers');
  const grace = await desk.invited('Grace', [detail.ticket.queue.id]);
  await held(grace.api, detail, 'in three days', laterIn(3));
  await held(desk.hub.admin, detail, 'in two days', laterIn(2));
  await held(grace.api, detail, 'tomorrow', laterIn(1));
  const sameTime = { kind: 'later' as const, until: inDays(4) };
  await held(grace.api, detail, 'together', sameTime);
  await held(grace.api, detail, 'and together', sameTime);
  const body = { ...replyBody(detail, 'in a minute'), hold: { kind: 'undo' as const, seconds: 60 } };
  await grace.api.call('held.create', { params: { id: detail.ticket.id }, body });

  const hers = ['in a minute', 'tomorrow', 'in three days', 'together', 'and together'];
  expect(wordsOf(await all(grace.api, 'me'))).toEqual(hers);
  expect(wordsOf(await all(grace.api, 'me', 1))).toEqual(hers);
  const everyones = [...hers.slice(0, 2), 'in two days', ...hers.slice(2)];
  expect(wordsOf(await all(desk.hub.admin, 'everyone', 2))).toEqual(everyones);
  expect(wordsOf(await all(desk.hub.admin, 'me'))).toEqual(['in two days']);
  const { number, subject, status, customer } = detail.ticket;
  const [first] = await all(grace.api, 'me');
  expect(first?.ticket).toEqual({ id: detail.ticket.id, number, subject, status, customer });
  // What can be undone for some seconds is not counted.
  expect(await grace.api.call('tickets.counts')).toMatchObject({ scheduled: 4 });
  expect(await grace.api.refused('held.list', { query: { of: 'everyone' } })).toMatchObject({
    status: 403,
    error: { message: expect.stringContaining('ask for your own') },
  });
  expect(await grace.api.refused('held.list', { query: { cursor: 'yesterday' } })).toMatchObject({ status: 400 });
});

it('shows nobody a ticket that is not theirs any more', async () => {
  const detail = await desk.aTicket('moves away');
  const linus = await desk.invited('Linus', [detail.ticket.queue.id]);
  await held(linus.api, detail, 'before it moved', laterIn(1));
  expect(wordsOf(await all(linus.api, 'me'))).toEqual(['before it moved']);
  await desk.update(detail.ticket.id, { queueId: await desk.aQueue('Elsewhere') });
  expect(await all(linus.api, 'me')).toEqual([]);
  expect(wordsOf(await all(desk.hub.admin, 'everyone'))).toContain('before it moved');
});

it('tells author and supervisors of each change as it happens, and nobody else', async () => {
  const phone = desk.aPhone();
  const detail = await desk.aTicket('followed live', phone);
  const { queue } = detail.ticket;
  const [ada, mary, colleague] = await Promise.all([
    Agent.at(desk.hub.admin),
    desk.invited('Mary', [queue.id]),
    desk.invited('Cole', [queue.id]),
  ]);
  desk.agents.push(ada);
  const waiting = await held(mary.api, detail, 'hear of me', laterIn(1));
  const until = inDays(2);
  await desk.hub.admin.call('held.update', { ...paramsOf(waiting), body: { until } });
  await desk.hub.admin.call('held.release', paramsOf(waiting));
  const other = await held(mary.api, detail, 'not any more', laterIn(1));
  await mary.api.call('held.return', paramsOf(other));
  await mary.api.call('held.discard', paramsOf(other));
  // What a message's delivery changes tells of the reply that it was again.
  const heard = ({ passing }: { passing: Passing[] }) => [
    ...new Set(
      passing.flatMap((event) =>
        event.type === 'held' ? `${textOf(event.held)}: ${event.held.state}, ${event.held.until}` : [],
      ),
    ),
  ];
  const told = [
    `hear of me: waiting, ${waiting.until}`,
    `hear of me: waiting, ${until}`,
    `hear of me: released, ${until}`,
    ...['waiting', 'returned', 'discarded'].map((state) => `not any more: ${state}, ${other.until}`),
  ];
  for (const listener of [mary, ada]) await eventually(() => expect(heard(listener)).toEqual(told));
  expect(heard(colleague)).toEqual([]);
  await eventually(() => expect(desk.line.sentTo(phone)).toEqual(['hear of me']));
  expect(await all(mary.api, 'me')).toEqual([]);
});

it('refuses a time that is more than a year away, and says so', async () => {
  const detail = await desk.aTicket('see you in another life');
  const { id } = detail.ticket;
  const body = { ...replyBody(detail, 'hello again'), hold: laterIn(400) };
  expect(await desk.hub.admin.refused('held.create', { params: { id }, body })).toMatchObject({
    status: 400,
    error: {
      message: 'This is more than a year from now: choose a time within a year',
      fields: [{ path: 'hold.until' }],
    },
  });
  const waiting = await held(desk.hub.admin, detail, 'within the year', laterIn(360));
  const change = { ...paramsOf(waiting), body: { until: inDays(400) } };
  expect(await desk.hub.admin.refused('held.update', change)).toMatchObject({
    status: 400,
    error: { fields: [{ path: 'until' }] },
  });
  expect((await desk.read(id)).held).toEqual([waiting]);
});

it('has walked an index for every query of this file', async () => {
  expect(await desk.scans()).toMatchObject({ scans: 0, last: [] });
});
