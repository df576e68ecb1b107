import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MessageEntry, TicketDetail } from '@switchboard/contract';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { SmsLine } from '../support/sms.ts';
import { messagesOf, theMessage, theTicketWith } from '../support/tickets.ts';

/** Signed webhooks in, the provider's API out: it checks each request against the API's description. */
let hub: TestHub;
let line: SmsLine;
let phones = 0;
const aPhone = () => `+1555100${String(++phones).padStart(4, '0')}`;

beforeAll(async () => {
  hub = await startHub();
  line = await SmsLine.of(hub);
}, 120_000);
afterAll(async () => {
  await hub.stop();
  expect(line.provider.problems).toEqual([]);
  await line.provider.close();
});

async function opened(phone: string, words: string): Promise<TicketDetail> {
  expect(await line.receives(hub.url, phone, words)).toBe(200);
  return (await theTicketWith(hub.admin, words)).detail;
}

const reply = ({ ticket, targets }: TicketDetail, text: string): Promise<MessageEntry> =>
  hub.admin.call('tickets.reply', {
    params: { id: ticket.id },
    body: { clientId: crypto.randomUUID(), threadId: targets[0]?.threadId ?? '', parts: [{ type: 'text', text }] },
  });

const stateOf = (ticketId: string, words: string, state: MessageEntry['state']): Promise<MessageEntry> =>
  theMessage(hub.admin, ticketId, words, (message) => expect(message.state).toBe(state));

it('makes a ticket of a text, answers it, and follows the answer to the phone', async () => {
  const phone = aPhone();
  const detail = await opened(phone, 'Is it in stock?');
  expect(detail.ticket).toMatchObject({ channel: 'sms', status: 'new', customer: { name: phone } });
  expect(detail.customer.handles).toEqual([{ type: 'phone', value: phone }]);
  await reply(detail, 'Yes, two are left.');
  const { id } = detail.ticket;
  expect((await stateOf(id, 'two are left', 'accepted')).passport.acceptedAt).toBeDefined();
  expect(line.provider.messages.at(-1)).toEqual({
    To: phone,
    From: '+15550006666',
    Body: 'Yes, two are left.',
    StatusCallback: `${hub.url}/webhooks/${line.accountId}/status`,
  });
  const sid = line.sidOf('Yes, two are left.');
  await line.reports(hub.url, sid, 'sent', phone);
  await stateOf(id, 'two are left', 'sent');
  await line.reports(hub.url, sid, 'delivered', phone);
  await stateOf(id, 'two are left', 'delivered');
});

it('takes status reports forward only, in whatever order and however often they come', async () => {
  const phone = aPhone();
  const detail = await opened(phone, 'And the red one?');
  await reply(detail, 'That one is sold out.');
  await stateOf(detail.ticket.id, 'sold out', 'accepted');
  const sid = line.sidOf('That one is sold out.');
  for (const status of ['delivered', 'sent', 'queued', 'undelivered', 'sent', 'delivered'])
    expect(await line.reports(hub.url, sid, status, phone)).toBe(200);
  // What comes from the same phone is worked on in its order: after this all reports are in.
  await line.receives(hub.url, phone, 'A pity.');
  await theMessage(hub.admin, detail.ticket.id, 'A pity.');
  const message = await stateOf(detail.ticket.id, 'sold out', 'delivered');
  expect(message.reason).toBeUndefined();
});

it('fetches the pictures of an MMS from the provider', async () => {
  const bytes = Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1');
  const sid = `MM${'a'.repeat(32)}`;
  const url = line.provider.host(sid, { bytes, mimeType: 'image/gif', fileName: 'a.gif' });
  await line.receives(hub.url, aPhone(), 'Look at this', sid, [{ url, mimeType: 'image/gif' }]);
  const { detail } = await theTicketWith(hub.admin, 'Look at this');
  const { parts } = await theMessage(hub.admin, detail.ticket.id, 'Look at this', (message) =>
    expect(message.parts).toContainEqual({
      type: 'media',
      media: expect.objectContaining({ mediaId: expect.any(String), bytes: bytes.length, mimeType: 'image/gif' }),
    }),
  );
  const mediaId = parts.flatMap((part) => (part.type === 'media' ? [part.media.mediaId] : []))[0];
  const file = await hub.admin.fetch(`/api/v1/media/${mediaId}`);
  expect(Buffer.from(await file.arrayBuffer())).toEqual(bytes);
});

it('says why a message failed, and sends it again when the agent asks', async () => {
  const phone = aPhone();
  const detail = await opened(phone, 'Call me back.');
  const { id } = detail.ticket;
  await reply(detail, 'We will.');
  await stateOf(id, 'We will.', 'accepted');
  await line.reports(hub.url, line.sidOf('We will.'), 'undelivered', phone, '30003');
  const failed = await stateOf(id, 'We will.', 'failed');
  expect(failed.reason).toBe('The phone could not be reached: it may be off or out of coverage (30003)');
  expect((await hub.admin.call('tickets.read', { params: { id } })).ticket.needsAttention).toBe(true);

  await hub.admin.call('tickets.retry', { params: { id, entryId: failed.id } });
  const again = await stateOf(id, 'We will.', 'accepted');
  expect(again.reason).toBeUndefined();
  expect(line.sentTo(phone)).toEqual(['We will.', 'We will.']);
  expect((await hub.admin.call('tickets.read', { params: { id } })).ticket.needsAttention).toBe(false);
  const refusal = await hub.admin.refused('tickets.retry', { params: { id, entryId: failed.id } });
  expect(refusal).toMatchObject({ status: 409, code: 'conflict' });
});

it('shows what the provider refuses, in words', async () => {
  const detail = await opened(aPhone(), 'From a landline');
  line.provider.next({ status: 400, body: { code: 21614, message: "'To' number is not a valid mobile number" } });
  await reply(detail, 'Hello landline');
  const { reason } = await stateOf(detail.ticket.id, 'Hello landline', 'failed');
  expect(reason).toBe('This phone number is no mobile number and cannot receive SMS (21614)');
});

it('counts what comes and goes over the account, and what fails', async () => {
  const other = await SmsLine.of(hub);
  const phone = aPhone();
  expect(await other.receives(hub.url, phone, 'Count me')).toBe(200);
  const { detail } = await theTicketWith(hub.admin, 'Count me');
  await reply(detail, 'Counted.');
  await stateOf(detail.ticket.id, 'Counted.', 'accepted');
  other.provider.next({ status: 400, body: { code: 21614 } });
  await reply(detail, 'Refused.');
  await stateOf(detail.ticket.id, 'Refused.', 'failed');
  await eventually(async () => {
    const { health } = await hub.admin.call('channelAccounts.read', { params: { id: other.accountId } });
    expect(health.lastHour).toEqual({ received: 1, sent: 1, failed: 1 });
    expect(health.lastInboundAt).not.toBeNull();
    expect(health.lastOutboundAt).not.toBeNull();
  });
  await other.provider.close();
});

it('never repeats by itself what the provider may have taken', async () => {
  const phone = aPhone();
  const detail = await opened(phone, 'Hello?');
  const { id } = detail.ticket;
  line.provider.next('hang-up');
  await reply(detail, 'Perhaps this arrives.');
  const unknown = await stateOf(id, 'Perhaps', 'unknown');
  expect(unknown.reason).toMatch(/may or may not have arrived/);
  await reply(detail, 'This surely arrives.');
  await stateOf(id, 'surely', 'accepted');
  expect(line.sentTo(phone)).toEqual(['This surely arrives.']);
  line.provider.next({ status: 400, body: { code: 21614 } });
  await reply(detail, 'This is refused.');
  await stateOf(id, 'refused', 'failed');
  await hub.admin.call('tickets.retry', { params: { id, entryId: unknown.id } });
  await stateOf(id, 'Perhaps', 'accepted');
  // The other one still waits for somebody.
  expect((await hub.admin.call('tickets.read', { params: { id } })).ticket.needsAttention).toBe(true);
  expect(line.sentTo(phone)).toEqual(['This surely arrives.', 'Perhaps this arrives.']);
});

it('keeps STOP and START as the customer’s consent, shown in the conversation', async () => {
  const phone = aPhone();
  const { ticket, customer } = await opened(phone, 'Send me news');
  const consentIs = (state: 'granted' | 'withdrawn') =>
    eventually(async () => {
      const { consent } = await hub.admin.call('customers.read', { params: { id: customer.id } });
      expect(consent).toEqual([expect.objectContaining({ channel: 'sms', handle: phone, state })]);
    });
  await line.receives(hub.url, phone, 'STOP');
  await consentIs('withdrawn');
  await line.receives(hub.url, phone, 'Start');
  await consentIs('granted');
  await eventually(async () => {
    const { entries } = await hub.admin.call('tickets.read', { params: { id: ticket.id } });
    const events = entries.flatMap((entry) =>
      entry.type === 'event' && entry.event === 'consent.changed' ? [entry.to] : [],
    );
    expect(events).toEqual(['withdrawn (STOP)', 'granted (START)']);
  });
});

it('keeps to the provider’s pace, and loses nothing when told to slow down', async () => {
  const phone = aPhone();
  const detail = await opened(phone, 'Tell me all of it');
  line.provider.next({ status: 429, body: { code: 20429 }, headers: { 'retry-after': '1' } });
  const texts = Array.from({ length: 30 }, (_, index) => `part ${String(index).padStart(2, '0')}`);
  for (const text of texts) await reply(detail, text);
  await eventually(() => expect(line.sentTo(phone).toSorted()).toEqual(texts), 30_000);
  await eventually(async () => {
    const states = messagesOf(await hub.admin.call('tickets.read', { params: { id: detail.ticket.id } }));
    expect(new Set(states.slice(1).map(({ state }) => state))).toEqual(new Set(['accepted']));
  });
}, 60_000);

it('writes first, once, and takes the answer into the same ticket', async () => {
  const phone = aPhone();
  const spelled = phone.replace(/^\+1(\d{3})(\d{3})/, '+1 ($1) $2-');
  const start = {
    clientId: crypto.randomUUID(),
    channelAccountId: line.accountId,
    recipient: spelled,
    name: 'Joan',
    parts: [{ type: 'text' as const, text: 'Your parcel is here.' }],
  };
  const ticket = await hub.admin.call('tickets.start', { body: start });
  expect((await hub.admin.call('tickets.start', { body: start })).id).toBe(ticket.id);
  await stateOf(ticket.id, 'Your parcel', 'accepted');
  expect(line.sentTo(phone)).toEqual(['Your parcel is here.']);
  expect(ticket).toMatchObject({ customer: { name: 'Joan' }, assignee: { name: 'Ada Lovelace' }, status: 'open' });
  await line.receives(hub.url, phone, 'I fetch it tomorrow.');
  const answer = await theMessage(hub.admin, ticket.id, 'I fetch it tomorrow.', (_, { ticket: now }) =>
    expect(now.waitingSince).not.toBeNull(),
  );
  expect(answer.joinedBy).toBe('thread');

  const refusal = await hub.admin.refused('tickets.start', {
    body: { ...start, clientId: crypto.randomUUID(), recipient: '0170 123' },
  });
  expect(refusal).toMatchObject({ code: 'invalid', error: { fields: [{ path: 'recipient' }] } });
});
