import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ApiError, HeldEntry, TicketDetail } from '@switchboard/contract';
import type { ApiClient } from '../support/api-client.ts';
import { Desk, replyBody } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { messagesOf, textOf, theMessage } from '../support/tickets.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
}, 120_000);
afterAll(() => desk.close());

const undo = (seconds: number) => ({ kind: 'undo' as const, seconds });
const inMs = (ms: number, unlessCustomerWrites = true) => ({
  kind: 'later' as const,
  until: new Date(Date.now() + ms).toISOString(),
  unlessCustomerWrites,
});

async function held(
  detail: TicketDetail,
  text: string,
  hold: ReturnType<typeof undo> | ReturnType<typeof inMs>,
  api: ApiClient = desk.hub.admin,
): Promise<HeldEntry> {
  const body = { ...replyBody(detail, text), hold };
  return api.call('held.create', { params: { id: detail.ticket.id }, body });
}
const paramsOf = ({ ticketId, id }: HeldEntry) => ({ params: { id: ticketId, entryId: id } });
const stateOf = async ({ ticketId, id }: HeldEntry) =>
  (await desk.read(ticketId)).held.find((one) => one.id === id)?.state ?? 'gone';

it('lets one of two replies of the same moment out, and asks about the other', async () => {
  const grace = await desk.invited('Grace', []);
  const { id: me } = await grace.api.call('session.read');
  for (let round = 0; round < 10; round += 1) {
    const phone = desk.aPhone();
    const detail = await desk.aTicket(`both answer, round ${round}`, phone);
    const { id } = detail.ticket;
    await desk.update(id, { assigneeId: me });
    const { seq: seenSeq } = (await desk.read(id)).ticket;
    const answers = await Promise.all(
      [desk.hub.admin, grace.api].map((api, at) => {
        const body = { ...replyBody(detail, `answer ${at}`), seenSeq };
        return api.ask('tickets.reply', { params: { id }, body });
      }),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const sent = answers.findIndex(({ ok }) => ok);
    const { error } = (await answers.find(({ ok }) => !ok)?.json()) as ApiError;
    expect(error).toMatchObject({ code: 'changed', current: { news: [{ kind: 'message', text: `answer ${sent}` }] } });
    await eventually(() => expect(desk.line.sentTo(phone)).toEqual([`answer ${sent}`]));
    expect(messagesOf(await desk.read(id)).map(textOf)).toEqual([`both answer, round ${round}`, `answer ${sent}`]);
  }
}, 120_000);

it('takes a reply that is posted again as the same, also where the customer wrote after it', async () => {
  const phone = desk.aPhone();
  const detail = await desk.aTicket('the answer got lost on its way', phone);
  const { id, seq: seenSeq } = detail.ticket;
  const body = { ...replyBody(detail, 'Said once'), seenSeq };
  const first = await desk.hub.admin.call('tickets.reply', { params: { id }, body });
  await desk.line.receives(desk.hub.url, phone, 'thank you');
  await theMessage(desk.hub.admin, id, 'thank you');
  const second = await desk.hub.admin.call('tickets.reply', { params: { id }, body });
  expect(second.id).toBe(first.id);
  await eventually(() => expect(desk.line.sentTo(phone)).toEqual(['Said once']));
});

it('counts a colleague’s held reply as said, and one that was taken back as not', async () => {
  const detail = await desk.aTicket('somebody is already at it');
  const { id, seq: seenSeq } = detail.ticket;
  const grace = await desk.invited('Grace', [detail.ticket.queue.id]);
  const theirs = await held(detail, 'Mine first', undo(60), grace.api);
  const body = { ...replyBody(detail, 'Me too'), seenSeq };
  const refusal = await desk.hub.admin.refused('tickets.reply', { params: { id }, body });
  expect(refusal).toMatchObject({
    code: 'changed',
    error: { current: { news: [{ kind: 'held', text: 'Mine first' }] } },
  });
  await grace.api.call('held.return', paramsOf(theirs));
  expect(await desk.hub.admin.call('tickets.reply', { params: { id }, body })).toMatchObject({ type: 'message' });
});

it('sends a held reply when its time is over, and stops the clocks then, not before', async () => {
  const phone = desk.aPhone();
  const detail = await desk.aTicket('wait a second', phone);
  const agent = await desk.invited('Grace', [detail.ticket.queue.id]);
  await agent.watch(detail.ticket.id);
  const body = { ...replyBody(detail, 'On its way'), thenStatus: 'resolved' as const, hold: undo(2) };
  const waiting = await desk.hub.admin.call('held.create', { params: { id: detail.ticket.id }, body });
  expect(await desk.hub.admin.call('held.create', { params: { id: detail.ticket.id }, body })).toEqual(waiting);
  const before = await desk.read(detail.ticket.id);
  expect(before.held).toEqual([waiting]);
  expect(before.ticket).toMatchObject({ firstResponse: { doneAt: null }, resolvedAt: null });
  expect(before.ticket.waitingSince).not.toBeNull();
  const sent = await theMessage(desk.hub.admin, detail.ticket.id, 'On its way');
  await eventually(() => expect(desk.line.sentTo(phone)).toEqual(['On its way']));
  expect(Date.parse(sent.at)).toBeGreaterThanOrEqual(Date.parse(waiting.until));
  expect(sent).toMatchObject({ clientId: waiting.clientId });
  const after = await desk.read(detail.ticket.id);
  expect(after.held).toEqual([]);
  expect(after.ticket).toMatchObject({ status: 'resolved', waitingSince: null, firstResponse: { doneAt: sent.at } });
  await eventually(() => {
    expect(agent.texts(detail.ticket.id)).toEqual(['wait a second', 'On its way']);
    expect(agent.conversation(detail.ticket.id)).toContainEqual(
      expect.objectContaining({ id: waiting.id, state: 'released' }),
    );
  });
  const late = await desk.hub.admin.refused('held.return', paramsOf(waiting));
  expect(late).toMatchObject({ status: 409, code: 'conflict' });
}, 90_000);

it('never sends what was undone, and keeps its words until they are let go', async () => {
  const phone = desk.aPhone();
  const detail = await desk.aTicket('undo, please', phone);
  const waiting = await held(detail, 'Not like this', undo(1));
  const back = await desk.hub.admin.call('held.return', paramsOf(waiting));
  expect(back).toMatchObject({ state: 'returned', returned: { why: 'undone' }, parts: waiting.parts });
  // Asked again, as after a lost answer.
  expect(await desk.hub.admin.call('held.return', paramsOf(waiting))).toEqual(back);
  expect(await stateOf(waiting)).toBe('returned');
  await desk.hub.admin.call('held.discard', paramsOf(waiting));
  expect(await stateOf(waiting)).toBe('gone');
  // Another one that goes out after its time shows that the first one's time is over, too.
  const other = await held(detail, 'But like this', undo(1));
  await eventually(() => expect(desk.line.sentTo(phone)).toEqual(['But like this']));
  expect(Date.parse(other.until)).toBeGreaterThan(Date.parse(waiting.until));
  const { ticket } = await desk.read(detail.ticket.id);
  expect(ticket).toMatchObject({ needsAttention: false, scheduled: 0 });
}, 90_000);

it('lets exactly one win where it is undone in the moment in which it goes out', async () => {
  for (let round = 0; round < 8; round += 1) {
    const phone = desk.aPhone();
    const detail = await desk.aTicket(`at the last moment ${round}`, phone);
    const waiting = await held(detail, `gone or back ${round}`, undo(60));
    const [release, back] = await Promise.allSettled([
      desk.hub.admin.call('held.release', paramsOf(waiting)),
      desk.hub.admin.call('held.return', paramsOf(waiting)),
    ]);
    expect([release.status, back.status].sort()).toEqual(['fulfilled', 'rejected']);
    const texts = messagesOf(await desk.read(detail.ticket.id)).map(textOf);
    expect(texts.length).toBe(release.status === 'fulfilled' ? 2 : 1);
    if (release.status === 'fulfilled')
      await eventually(() => expect(desk.line.sentTo(phone)).toEqual([`gone or back ${round}`]));
    else expect(await stateOf(waiting)).toBe('returned');
  }
}, 120_000);

it('brings a scheduled reply back where the customer writes first, unless it was meant to go out all the same', async () => {
  const phone = desk.aPhone();
  const detail = await desk.aTicket('nothing yet', phone);
  const { id } = detail.ticket;
  const timid = await held(detail, 'Did it arrive?', inMs(3_600_000));
  const firm = await held(detail, 'We close at six', inMs(3_600_000, false));
  expect((await desk.read(id)).ticket).toMatchObject({ scheduled: 2, needsAttention: false });
  await desk.line.receives(desk.hub.url, phone, 'it has arrived');
  await eventually(async () => {
    const { ticket, held: standing } = await desk.read(id);
    expect(standing.map(({ id: one, state, returned }) => [one, state, returned?.why])).toEqual([
      [timid.id, 'returned', 'customer-wrote'],
      [firm.id, 'waiting', undefined],
    ]);
    expect(ticket).toMatchObject({ scheduled: 1, needsAttention: true });
  });
  await desk.hub.admin.call('held.discard', paramsOf(timid));
  expect((await desk.read(id)).ticket.needsAttention).toBe(false);
  // Resolved and given to somebody else in between: what was promised goes out.
  await desk.update(id, { status: 'resolved' });
  expect(await desk.hub.admin.call('held.release', paramsOf(firm))).toMatchObject({ state: 'released' });
  await eventually(() => expect(desk.line.sentTo(phone)).toEqual(['We close at six']));
  expect((await desk.read(id)).ticket).toMatchObject({ status: 'resolved', scheduled: 0 });
}, 90_000);

it('goes out at another time, or comes back, when that is wanted', async () => {
  const phone = desk.aPhone();
  const detail = await desk.aTicket('tomorrow is fine', phone);
  const later = await held(detail, 'Sooner than thought', inMs(3_600_000));
  const grace = await desk.invited('Grace', [detail.ticket.queue.id]);
  const past = { ...paramsOf(later), body: { until: new Date(0).toISOString() } };
  expect(await desk.hub.admin.refused('held.update', past)).toMatchObject({ status: 400 });
  const soon = new Date(Date.now() + 1500).toISOString();
  expect(await desk.hub.admin.call('held.update', { ...paramsOf(later), body: { until: soon } })).toMatchObject({
    until: soon,
  });
  await eventually(() => expect(desk.line.sentTo(phone)).toEqual(['Sooner than thought']));
  const other = await held(detail, 'Not by me', inMs(3_600_000));
  const back = await grace.api.call('held.return', paramsOf(other));
  expect(back.returned).toEqual({ why: 'cancelled', words: 'Grace' });
  expect(await desk.hub.admin.refused('held.release', paramsOf(other))).toMatchObject({ status: 409 });
}, 90_000);

it('says why where the channel takes nothing any more when the time has come', async () => {
  const detail = await desk.aTicket('the line will be closed');
  const waiting = await held(detail, 'Too late', inMs(1500));
  const account = { params: { id: desk.line.accountId } };
  await desk.hub.admin.call('channelAccounts.update', { ...account, body: { state: 'disabled' } });
  try {
    await eventually(async () => {
      const { held: standing, ticket } = await desk.read(detail.ticket.id);
      expect(standing).toMatchObject([
        { id: waiting.id, state: 'returned', returned: { why: 'blocked', words: 'The channel account is disabled.' } },
      ]);
      expect(ticket).toMatchObject({ needsAttention: true, scheduled: 0 });
    });
  } finally {
    await desk.hub.admin.call('channelAccounts.update', { ...account, body: { state: 'active' } });
  }
}, 90_000);

it('has walked an index for every query of this file', async () => {
  expect(await desk.scans()).toMatchObject({ scans: 0, last: [] });
});
