import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Agent } from '../support/agent.ts';
import { Desk } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { theTicketWith } from '../support/tickets.ts';
import { Visitor } from '../support/visitor.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
}, 120_000);
afterAll(async () => {
  const scans = await desk.scans();
  await desk.close();
  expect(scans).toMatchObject({ scans: 0, last: [] });
});

it('tells who waits in the chat their place, and how long it takes once that is known', async () => {
  const { hub } = desk;
  const queueId = await desk.aQueue('Chats');
  const { id: account } = await hub.admin.call('channelAccounts.create', {
    body: { connectorId: 'webchat', name: 'Site', settings: {}, queueId },
  });
  const arrives = async (words: string) => {
    const visitor = await Visitor.on(hub.url, account);
    await visitor.says(words);
    return { visitor, ticket: (await theTicketWith(hub.admin, words)).detail.ticket };
  };
  const lastWait = (visitor: Visitor) => visitor.pushes.findLast((push) => push.type === 'wait')?.text;

  const grace = await desk.invited('Grace', [queueId]);
  const { id } = await grace.api.call('session.read');
  // Room for one chat: the others wait for it, and tell how the queue is drained.
  await hub.admin.call('agents.update', { params: { id }, body: { capacity: 1 } });
  const people = [];
  for (let at = 0; at < 8; at += 1) people.push(await arrives(`Person ${at} waits`));
  const [, second, third] = people;
  await eventually(() => expect(lastWait(second?.visitor as Visitor)).toBe('You are next.'));
  await eventually(() => expect(lastWait(third?.visitor as Visitor)).toBe('You are number 2.'));
  const waitOf = (ticketId = '') => hub.admin.call('tickets.wait', { params: { id: ticketId } });
  expect((await waitOf(third?.ticket.id)).wait).toMatchObject({ position: 2, range: null });
  expect((await waitOf(people[0]?.ticket.id)).wait).toBeNull();

  // All but the last are served.
  for (const { ticket } of people.slice(0, 6)) {
    await isWith(grace, ticket.id);
    await desk.update(ticket.id, { status: 'resolved' });
  }
  const last = people[7];
  await isWith(grace, people[6]?.ticket.id ?? '');
  await eventually(async () => {
    const { wait } = await waitOf(last?.ticket.id);
    expect(wait).toMatchObject({ position: 1, text: expect.stringMatching(/^You are next\. Usually /) });
    expect(wait?.range?.toSeconds).toBeGreaterThan(wait?.range?.fromSeconds ?? 0);
  });
  await eventually(() => expect(lastWait(last?.visitor as Visitor)).toMatch(/^You are next\. Usually /));
  const { wait } = await hub.admin.call('tickets.routing', { params: { id: last?.ticket.id ?? '' } });
  expect(wait?.position).toBe(1);

  // Nobody is told of a wait that is over.
  await desk.update(people[6]?.ticket.id ?? '', { status: 'resolved' });
  await isWith(grace, last?.ticket.id ?? '');
  await eventually(() => expect(lastWait(last?.visitor as Visitor)).toBeNull());
  grace.disconnect();
  for (const { visitor } of people) visitor.leaves();
}, 120_000);

const isWith = async ({ api }: Agent, ticketId: string) => {
  const { name } = await api.call('session.read');
  await eventually(async () => expect((await desk.read(ticketId)).ticket.assignee?.name).toBe(name));
};
