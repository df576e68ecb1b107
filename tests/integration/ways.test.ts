import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ReplyTarget, TicketDetail } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { SmsLine } from '../support/sms.ts';
import { eventually } from '../support/eventually.ts';
import { messagesOf, theMessage, theTicketWith } from '../support/tickets.ts';

/** One customer, one ticket, several channels: the same provider's two numbers are two channel accounts here. */
let hub: TestHub;
let first: SmsLine;
let second: SmsLine;
let phones = 0;
const aPhone = () => `+1555300${String(++phones).padStart(4, '0')}`;

beforeAll(async () => {
  hub = await startHub();
  first = await SmsLine.of(hub);
  second = await SmsLine.of(hub);
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await Promise.all([first, second].map(({ provider }) => provider.close()));
});

async function writes(line: SmsLine, phone: string, words: string): Promise<TicketDetail> {
  await line.receives(hub.url, phone, words);
  return (await theTicketWith(hub.admin, words)).detail;
}
const waysOf = async ({ ticket }: TicketDetail) =>
  (await hub.admin.call('tickets.ways', { params: { id: ticket.id } })).ways;
const openWay = ({ ticket }: TicketDetail, line: SmsLine, recipient: string): Promise<ReplyTarget> =>
  hub.admin.call('tickets.openWay', {
    params: { id: ticket.id },
    body: { channelAccountId: line.accountId, recipient },
  });
const resolve = ({ ticket }: TicketDetail) =>
  hub.admin.call('tickets.update', { params: { id: ticket.id }, body: { status: 'resolved' } });

it('goes on over another account, and what comes back there is of the same ticket', async () => {
  const phone = aPhone();
  const detail = await writes(first, phone, 'The line breaks off');
  expect(await waysOf(detail)).toEqual([
    expect.objectContaining({
      channelAccountId: second.accountId,
      recipient: expect.objectContaining({ externalId: phone }),
      fromTicket: null,
      blocked: null,
    }),
  ]);
  const target = await openWay(detail, second, phone);
  expect(await openWay(detail, second, phone)).toEqual(target);
  expect(await waysOf(detail)).toEqual([]);

  const parts = [{ type: 'text' as const, text: 'We go on here' }];
  const body = { clientId: crypto.randomUUID(), threadId: target.threadId, parts };
  await hub.admin.call('tickets.reply', { params: { id: detail.ticket.id }, body });
  await eventually(() => expect(second.sentTo(phone)).toEqual(['We go on here']));
  expect(first.sentTo(phone)).toEqual([]);
  await second.receives(hub.url, phone, 'That works');
  await theMessage(hub.admin, detail.ticket.id, 'That works');
  const now = await hub.admin.call('tickets.read', { params: { id: detail.ticket.id } });
  const accounts = messagesOf(now).map(({ channelAccountId }) => channelAccountId);
  expect(accounts).toEqual([first.accountId, second.accountId, second.accountId]);
});

it('takes a conversation that rests elsewhere along, and leaves one that is open where it is', async () => {
  const phone = aPhone();
  const old = await writes(second, phone, 'An old question');
  const detail = await writes(first, phone, 'A new question');
  expect(await waysOf(detail)).toEqual([
    expect.objectContaining({
      fromTicket: old.ticket.number,
      blocked: expect.stringContaining(`#${old.ticket.number}`),
    }),
  ]);
  await expect(openWay(detail, second, phone)).rejects.toThrow(`#${old.ticket.number}`);

  await resolve(old);
  expect(await waysOf(detail)).toEqual([expect.objectContaining({ fromTicket: old.ticket.number, blocked: null })]);
  await openWay(detail, second, phone);
  await second.receives(hub.url, phone, 'Here I am again');
  await theMessage(hub.admin, detail.ticket.id, 'Here I am again');
});

it('writes to an address that was told, in any way that people write it, and refuses what is none', async () => {
  const detail = await writes(first, aPhone(), 'My other phone, please');
  const told = await openWay(detail, second, '+1 (555) 399-0001');
  expect(told).toMatchObject({ recipient: { externalId: '+15553990001' }, blocked: null });
  expect(await openWay(detail, second, '+1 555 399 0001')).toEqual(told);
  await expect(openWay(detail, second, 'my phone')).rejects.toThrow('a phone number with its country code');
  // It is the ticket's alone: nobody has proven whose it is.
  const { customer } = await hub.admin.call('tickets.read', { params: { id: detail.ticket.id } });
  expect(customer.handles).toHaveLength(1);
});

it('leaves what rests in a queue of others to them', async () => {
  const { id: queueId } = await hub.admin.call('queues.create', { body: { name: 'Others' } });
  const phone = aPhone();
  const old = await writes(second, phone, 'A private question');
  await hub.admin.call('tickets.update', { params: { id: old.ticket.id }, body: { queueId, assigneeId: null } });
  await resolve(old);
  const detail = await writes(first, phone, 'A common question');
  const outsider = await Agent.invited(hub.admin, 'Grace', { queueIds: [detail.ticket.queue.id] });
  const { id } = detail.ticket;
  const { ways } = await outsider.api.call('tickets.ways', { params: { id } });
  expect(ways).toEqual([expect.objectContaining({ blocked: expect.stringContaining('queue of others') })]);
  const body = { channelAccountId: second.accountId, recipient: phone };
  expect(await outsider.api.refused('tickets.openWay', { params: { id }, body })).toMatchObject({ status: 400 });
  expect(await waysOf(detail)).toEqual([expect.objectContaining({ blocked: null })]);
  outsider.disconnect();
});
