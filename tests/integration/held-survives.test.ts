import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';
import { Visitor } from '../support/visitor.ts';

/** Held replies through what happens to processes, and what customers see of them. */
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

async function hold(words: string, text: string, ms: number, unlessCustomerWrites = false) {
  const { detail } = await theTicketWith(hub.admin, words);
  const threadId = detail.targets[0]?.threadId ?? '';
  const parts = [{ type: 'text' as const, text }];
  const until = new Date(Date.now() + ms).toISOString();
  const body = {
    clientId: crypto.randomUUID(),
    threadId,
    parts,
    hold: { kind: 'later' as const, until, unlessCustomerWrites },
  };
  return hub.admin.call('held.create', { params: { id: detail.ticket.id }, body });
}

it('goes out once though the hub was killed, and though the jobs have lost it', async () => {
  const phones = ['+15559990001', '+15559990002'] as const;
  for (const phone of phones) await line.receives(hub.url, phone, `through a kill ${phone}`);
  const [kept, lost] = [
    await hold(`through a kill ${phones[0]}`, 'Kept by its job', 2000),
    await hold(`through a kill ${phones[1]}`, 'Found by the sweep', 2000),
  ];
  await hub.kill('SIGKILL');
  const jobs = database.connection.collection<{ _id: string; key: string }>('jobs');
  expect((await jobs.deleteOne({ key: lost.id })).deletedCount).toBe(1);
  expect(await jobs.countDocuments({ key: kept.id })).toBe(1);
  hub = await hub.again();
  await eventually(() => {
    expect(line.sentTo(phones[0])).toEqual(['Kept by its job']);
    expect(line.sentTo(phones[1])).toEqual(['Found by the sweep']);
  }, 40_000);
}, 90_000);

it('is nothing that a visitor sees, now or after a reload, before it goes out; what came back never is', async () => {
  const settings = { connectorId: 'webchat', name: 'Site', settings: {} };
  const { id } = await hub.admin.call('channelAccounts.create', { body: settings });
  const customer = await Visitor.on(hub.url, id);
  await customer.says('Is anybody there?');
  const later = await hold('Is anybody there?', 'Tomorrow I am', 3_600_000);
  const undone = await hold('Is anybody there?', 'Never mind', 3_600_000);
  const params = (held: { ticketId: string; id: string }) => ({ params: { id: held.ticketId, entryId: held.id } });
  await hub.admin.call('held.return', params(undone));
  // What goes out after them has overtaken them: nothing of them is on its way.
  const { detail } = await theTicketWith(hub.admin, 'Is anybody there?');
  const body = {
    clientId: crypto.randomUUID(),
    threadId: detail.targets[0]?.threadId ?? '',
    parts: [{ type: 'text' as const, text: 'I am' }],
  };
  await hub.admin.call('tickets.reply', { params: { id: detail.ticket.id }, body });
  await customer.gets('I am');
  const textsOf = (messages: Iterable<{ parts: { type: string; text?: string }[] }>) =>
    [...messages].flatMap(({ parts }) => parts.map(({ text }) => text));
  expect(textsOf(customer.messages.values()).sort()).toEqual(['I am', 'Is anybody there?']);
  const again = await Visitor.on(hub.url, id, customer.welcome.token);
  expect(textsOf(again.welcome.messages)).toEqual(['Is anybody there?', 'I am']);
  await hub.admin.call('held.release', params(later));
  await customer.gets('Tomorrow I am');
  const last = await Visitor.on(hub.url, id, customer.welcome.token);
  expect(textsOf(last.welcome.messages)).toEqual(['Is anybody there?', 'I am', 'Tomorrow I am']);
  for (const each of [customer, again, last]) each.leaves();
}, 60_000);
