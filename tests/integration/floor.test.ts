import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Floor, FloorAgent, TicketDetail } from '@switchboard/contract';
import { Desk } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { FloorWatcher } from '../support/floor-watcher.ts';

const sorted = ({ queues, agents, tickets }: Floor) =>
  [queues, agents, tickets].map((rows) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)));

let desk: Desk;
let wall: FloorWatcher;
let tickets: TicketDetail[];
let queueId: string;
/** Whoever is only here is given nothing by the routing. */
let elsewhere: string;

beforeAll(async () => {
  desk = await Desk.open();
  tickets = [await desk.aTicket('first'), await desk.aTicket('second')];
  queueId = tickets[0]?.ticket.queue.id ?? '';
  // Whoever watches is there, and would be given the work.
  await desk.hub.admin.call('queues.update', { params: { id: queueId }, body: { agentIds: [] } });
  elsewhere = await desk.aQueue('Elsewhere');
  wall = new FloorWatcher(desk.hub.admin);
  await wall.watch();
}, 120_000);
afterAll(async () => {
  wall.close();
  await desk.close();
});

it('shows who waits, how long and with whom, as soon as it changes', async () => {
  expect(wall.queue(queueId)).toMatchObject({
    ...{ open: 2, waiting: 2, unassigned: 2, backlog: [2, 0, 0, 0, 0] },
    longestWaitSince: tickets[0]?.ticket.waitingSince,
  });
  const agent = await desk.invited('Grace', [elsewhere]);
  const { id } = await agent.api.call('session.read');
  await eventually(() => expect(wall.agent(id)).toMatchObject({ name: 'Grace', state: 'ready', used: 0 }));
  await desk.update(tickets[0]?.ticket.id ?? '', { assigneeId: id });
  await eventually(() => {
    expect(wall.queue(queueId)).toMatchObject({ unassigned: 1, waiting: 2 });
    expect(wall.agent(id).used).toBe(0.5);
    expect(wall.floor?.tickets).toEqual([
      expect.objectContaining({
        id: tickets[0]?.ticket.id,
        assigneeId: id,
        queueId,
        number: tickets[0]?.ticket.number,
      }),
    ]);
  });
  await agent.replies(tickets[0]?.ticket.id ?? '', 'hello');
  await eventually(() =>
    expect(wall.queue(queueId)).toMatchObject({ waiting: 1, longestWaitSince: tickets[1]?.ticket.waitingSince }),
  );
  await desk.update(tickets[0]?.ticket.id ?? '', { status: 'resolved' });
  await eventually(() => {
    expect(wall.queue(queueId)).toMatchObject({ open: 1 });
    expect(wall.floor?.tickets).toEqual([]);
  });
  agent.disconnect();
  await eventually(() =>
    expect(wall.agent(id)).toMatchObject({ state: 'offline', reason: null, since: expect.any(String) }),
  );
});

it('sends what changes and nothing else, and after many changes is what a new look finds', async () => {
  const other = await desk.aQueue('Quiet');
  await eventually(() => expect(wall.queue(other)).toMatchObject({ open: 0 }));
  const from = wall.changes.length;
  // What is measured of them goes on all the time: their work is meant.
  const workOf = ({ today: _, ...work }: FloorAgent) => work;
  const before = new Map(wall.floor?.agents.map((agent) => [agent.id, workOf(agent)]));
  await Promise.all(
    Array.from({ length: 50 }, (_, index) => desk.line.receives(desk.hub.url, desk.aPhone(), `n${index}`)),
  );
  await eventually(() => expect(wall.queue(queueId)).toMatchObject({ open: 51, waiting: 51 }));
  const seen = wall.changes.slice(from);
  expect(seen.flatMap(({ queues }) => queues.map(({ id }) => id))).not.toContain(other);
  const agents = seen.flatMap((change) => change.agents);
  expect(agents.map(workOf)).toEqual(agents.map(({ id }) => before.get(id)));
  const seqs = wall.changes.filter(
    ({ queues, agents, tickets: rows }) => queues.length + agents.length + rows.length > 0,
  );
  expect(seqs.map(({ seq }) => seq)).toEqual(seqs.map((_, index) => (seqs[0]?.seq ?? 0) + index));
  await eventually(async () => {
    const again = await desk.hub.admin.call('floor.read');
    expect(wall.floor && sorted(wall.floor)).toEqual(sorted(again));
  });
});

it('lists what stands behind a figure, the longest wait first, by pages', async () => {
  const query = { queueId, only: 'waiting' as const, limit: 30 };
  const first = await desk.hub.admin.call('floor.tickets', { query });
  const second = await desk.hub.admin.call('floor.tickets', { query: { ...query, cursor: first.next ?? '' } });
  const waits = [...first.items, ...second.items].map(({ waitingSince }) => waitingSince ?? '');
  expect(second.next).toBeNull();
  expect(waits).toHaveLength(51);
  expect(waits).toEqual(waits.toSorted());
  expect((await desk.hub.admin.call('floor.tickets', { query: { queueId, only: 'overdue' } })).items).toEqual([]);
});

it('is for supervisors', async () => {
  const agent = await desk.invited('Alan', [elsewhere]);
  const hers = new FloorWatcher(agent.api);
  expect(await hers.watch()).toBe('forbidden');
  expect(await agent.api.refused('floor.read')).toMatchObject({ status: 403 });
  hers.close();
});

it('whispers to whoever has the ticket', async () => {
  const agent = await desk.invited('Joan', [elsewhere]);
  const { id: assigneeId } = await agent.api.call('session.read');
  const { id, number } = tickets[1]?.ticket ?? { id: '', number: 0 };
  const body = () => ({ clientId: crypto.randomUUID(), text: 'Offer a refund' });
  expect(await desk.hub.admin.refused('floor.whisper', { params: { id }, body: body() })).toMatchObject({
    status: 409,
  });
  await desk.update(id, { assigneeId });
  const note = await desk.hub.admin.call('floor.whisper', { params: { id }, body: body() });
  expect(note).toMatchObject({ type: 'note', text: 'Offer a refund' });
  await eventually(() =>
    expect(agent.passing).toContainEqual(
      expect.objectContaining({ type: 'whisper', ticketId: id, number, by: 'Ada Lovelace', text: 'Offer a refund' }),
    ),
  );
});

it('has walked an index for every query', async () => {
  expect(await desk.scans()).toMatchObject({ scans: 0, last: [] });
});
