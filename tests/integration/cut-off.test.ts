import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '../../server/src/platform/clock/clock.ts';
import { Agent } from '../support/agent.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

/** What a process leaves that is killed between storing an entry and applying it to its ticket. */
let database: TestDatabase;
let hub: TestHub;
let line: SmsLine;

beforeAll(async () => {
  database = await openTestDatabase();
  hub = await startHub({ env: database.hubEnv });
  line = await SmsLine.of(hub);
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await line.provider.close();
  await database.drop();
});

/** An entry that its process stored, and was killed before it could apply it. Gives its seq. */
async function leftStanding(ticketId: string, patch: object): Promise<number> {
  const entries = database.connection.collection<{ _id: string }>('entries');
  const author = { kind: 'agent', id: null, name: 'Killed' };
  const event = { type: 'event', event: 'priority.changed', from: 'normal', to: 'urgent', at: new Date(), author };
  // Under the next seq, like any process: where the hub was faster, under the one after.
  return eventually(async () => {
    const { ticket } = await hub.admin.call('tickets.read', { params: { id: ticketId } });
    const seq = ticket.seq + 1;
    await entries.insertOne({ _id: newId(), ticketId, seq, patch, ...event } as { _id: string });
    return seq;
  });
}

it('finishes the work that another process was killed in, before the next change', async () => {
  await line.receives(hub.url, '+15557770001', 'first words');
  const { detail } = await theTicketWith(hub.admin, 'first words');
  const { id } = detail.ticket;
  const seq = await leftStanding(id, { priority: 'urgent' });

  const changed = await hub.admin.call('tickets.update', { params: { id }, body: { addTags: ['after'] } });
  expect(changed).toMatchObject({ seq: seq + 1, priority: 'urgent', tags: ['after'] });
});

it('shows who reads the ticket what another process was killed in', async () => {
  await line.receives(hub.url, '+15557770002', 'second words');
  const { detail } = await theTicketWith(hub.admin, 'second words');
  const { id } = detail.ticket;
  const seq = await leftStanding(id, { priority: 'urgent' });

  const read = await hub.admin.call('tickets.read', { params: { id } });
  expect(read.ticket).toMatchObject({ seq, priority: 'urgent' });
  expect(read.entries.at(-1)).toMatchObject({ seq, type: 'event' });
});

it('tells the consoles what another process had stored and was killed before it told', async () => {
  await line.receives(hub.url, '+15557770003', 'third words');
  const { detail } = await theTicketWith(hub.admin, 'third words');
  const { id } = detail.ticket;
  const agent = await Agent.at(hub.admin);
  await agent.watch(id);
  await eventually(() => expect(agent.tickets.get(id)?.assignee).toBeTruthy());
  const toldUntil = newId();
  const seq = await leftStanding(id, { priority: 'urgent' });
  const tellers = database.connection.collection<{ _id: string; aliveAt: Date; toldUntil: string }>('tellers');
  await tellers.insertOne({ _id: newId(), aliveAt: new Date(Date.now() - 60_000), toldUntil });

  await eventually(() => expect(agent.tickets.get(id)).toMatchObject({ seq, priority: 'urgent' }));
  await eventually(() => expect(agent.conversation(id).at(-1)).toMatchObject({ seq, type: 'event' }));
  agent.disconnect();
});

it('tells those whom a ticket has left, too, what another process was killed before it told', async () => {
  const { id: left } = await hub.admin.call('queues.create', { body: { name: 'Left' } });
  const { id: reached } = await hub.admin.call('queues.create', { body: { name: 'Reached' } });
  const [holder, colleague] = await Promise.all([
    Agent.invited(hub.admin, 'Holder', { queueIds: [left] }),
    Agent.invited(hub.admin, 'Colleague', { queueIds: [left] }),
  ]);
  const people = [holder, colleague];
  await line.receives(hub.url, '+15557770004', 'fourth words');
  const { id } = (await theTicketWith(hub.admin, 'fourth words')).detail.ticket;
  const { id: assigneeId } = await holder.api.call('session.read');
  await hub.admin.call('tickets.update', { params: { id }, body: { queueId: left, assigneeId } });
  for (const { tickets } of people) await eventually(() => expect(tickets.get(id)?.queue.name).toBe('Left'));

  // As if its process had been killed: those who list it do not hear of it.
  for (const agent of people) agent.disconnect();
  const toldUntil = newId();
  await hub.admin.call('tickets.update', { params: { id }, body: { queueId: reached, assigneeId: null } });
  await allWasTold(id);
  for (const agent of people) await agent.connect();
  for (const { tickets } of people) expect(tickets.get(id)?.queue.name).toBe('Left');
  const tellers = database.connection.collection<{ _id: string; aliveAt: Date; toldUntil: string }>('tellers');
  await tellers.insertOne({ _id: newId(), aliveAt: new Date(Date.now() - 60_000), toldUntil });

  for (const { tickets } of people) await eventually(() => expect(tickets.get(id)?.queue.name).toBe('Reached'));
  for (const agent of people) agent.disconnect();
});

/** What was told of a ticket has come to who hears of every queue. */
async function allWasTold(ticketId: string): Promise<void> {
  const watcher = await Agent.at(hub.admin);
  const body = { clientId: newId(), text: 'Told after it' };
  await hub.admin.call('tickets.note', { params: { id: ticketId }, body });
  await eventually(() => expect(watcher.tickets.get(ticketId)?.preview?.text).toBe('Told after it'));
  watcher.disconnect();
}
