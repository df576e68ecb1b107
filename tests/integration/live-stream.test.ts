import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { EntryView } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { eventually, found } from '../support/eventually.ts';
import { Visitor } from '../support/visitor.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
}, 120_000);
afterAll(() => hub.stop());

/** Without what is stamped because consoles were told: nobody is told of that in turn. */
const told = (entries: readonly EntryView[]) =>
  entries.map((entry) =>
    entry.type === 'message' ? { ...entry, passport: { ...entry.passport, pushedAt: null, seenAt: null } } : entry,
  );

it('makes a console that was cut off during 1,000 events equal to one that never was', async () => {
  const { id: account } = await hub.admin.call('channelAccounts.create', {
    body: { connectorId: 'webchat', name: 'Site', settings: {} },
  });
  const steady = await Agent.at(hub.admin);
  const flaky = await Agent.invited(hub.admin, 'Grace');
  const customers = await Promise.all(Array.from({ length: 4 }, () => Visitor.on(hub.url, account)));
  await Promise.all(customers.map((customer, index) => customer.says(`start ${index}`)));
  const tickets = await Promise.all(customers.map((_, index) => steady.sees(`start ${index}`)));
  for (const { id } of tickets) await Promise.all([steady.watch(id), flaky.watch(id)]);

  // 1,000 stored changes over four tickets, of every kind, while one console loses its connection again and again.
  let done = false;
  let cut = 0;
  const progress = () => tickets.reduce((sum, { id }) => sum + (steady.tickets.get(id)?.seq ?? 0), 0);
  const cuts = (async () => {
    while (!done) {
      flaky.disconnect();
      await eventually(() => found('some changes', done || progress() > cut + 40));
      cut = progress();
      await flaky.connect();
    }
  })();
  await Promise.all(tickets.map(({ id }, index) => change(id, customers[index] as Visitor)));
  done = true;
  await cuts;

  await eventually(() => expect(progress()).toBeGreaterThanOrEqual(1000), 60_000);
  for (const { id } of tickets) {
    // The last of what the customers said may still be on its way: all three are compared again until nothing comes any more.
    await eventually(async () => {
      const { ticket, entries } = await hub.admin.call('tickets.read', { params: { id } });
      expect(steady.tickets.get(id)?.seq).toBe(ticket.seq);
      expect(told(steady.conversation(id).slice(-50))).toEqual(told(entries));
      await flaky.watch(id);
      expect(told(flaky.conversation(id))).toEqual(told(steady.conversation(id)));
      expect({ ...flaky.tickets.get(id) }).toEqual({ ...steady.tickets.get(id) });
    });
  }
  steady.disconnect();
  flaky.disconnect();
  for (const customer of customers) customer.leaves();
}, 400_000);

/** About 250 changes: messages in, notes, tags, priorities. */
async function change(ticketId: string, customer: Visitor): Promise<void> {
  for (let round = 0; round < 50; round += 1) {
    await customer.says(`message ${round}`);
    const body = {
      addTags: [`tag-${round % 20}`],
      removeTags: [`tag-${(round + 10) % 20}`],
      priority: round % 2 === 0 ? ('high' as const) : ('low' as const),
      subject: `Subject ${round}`,
    };
    await hub.admin.call('tickets.update', { params: { id: ticketId }, body });
    await hub.admin.call('tickets.note', {
      params: { id: ticketId },
      body: { clientId: crypto.randomUUID(), text: `note ${round}` },
    });
  }
}
