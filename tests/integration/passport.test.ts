import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { passportSteps, type MessageEntry, type MessagePassport, type PassportDirection } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import { Desk, replyBody } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { SmsLine } from '../support/sms.ts';
import { messagesOf, theMessage } from '../support/tickets.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
}, 120_000);
afterAll(async () => {
  expect(await desk.scans()).toMatchObject({ scans: 0, last: [] });
  await desk.close();
});

const passportOf = ({ ticketId, id }: Pick<MessageEntry, 'ticketId' | 'id'>): Promise<MessagePassport> =>
  desk.hub.admin.call('messages.passport', { params: { id: ticketId, entryId: id } });

/** Every step has its time, and none lies before the one before it. */
function expectComplete({ passport }: MessagePassport, direction: PassportDirection): void {
  expect(Object.keys(passport)).toEqual(expect.arrayContaining([...passportSteps[direction]]));
  // A ticket may get its agent before or after its message is pushed.
  const inOrder = passportSteps[direction].filter((step) => step !== 'assignedAt');
  const times = inOrder.map((step) => Date.parse(passport[step] ?? ''));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
}

it('follows a text from the door to the eyes of an agent, and the answer back to the phone', async () => {
  const agent = await desk.invited('Bo', [await desk.aQueue('Texts')]);
  const line = await desk.aLineTo((await agent.api.call('session.read', {})).queueIds[0] ?? '');
  const phone = desk.aPhone();
  await line.receives(desk.hub.url, phone, 'Where is my parcel?');
  const { id } = await agent.sees('Where is my parcel?');
  await eventually(() => expect(agent.tickets.get(id)?.assignee?.name).toBe('Bo'));
  const detail = await agent.api.call('tickets.read', { params: { id } });
  await agent.api.call('tickets.seen', { params: { id }, body: { inboundCount: 1 } });
  const [question] = messagesOf(detail) as [MessageEntry];
  const arrived = await eventually(async () => {
    const passport = await passportOf(question);
    expectComplete(passport, 'in');
    return passport;
  });
  expect(arrived.passport.traceId).toBe(question.passport.traceId);
  expect(arrived).toMatchObject({ assignment: { how: 'routing', agent: { name: 'Bo' } }, hasRaw: true });
  expect(arrived.routing).toMatchObject({
    candidates: [{ agent: { name: 'Bo' }, removedBy: null, score: 0 }],
    omitted: 0,
    winner: { name: 'Bo' },
  });

  const before = (await desk.read(id)).ticket.seq;
  await passportOf(question);
  expect((await desk.read(id)).ticket.seq).toBe(before);

  await agent.api.call('tickets.reply', { params: { id }, body: replyBody(detail, 'It left yesterday.') });
  const is = (wanted: MessageEntry['state']) =>
    theMessage(desk.hub.admin, id, 'It left yesterday.', ({ state }) => expect(state).toBe(wanted));
  let answer = await is('accepted');
  for (const state of ['sent', 'delivered', 'read'] as const) {
    await line.reports(desk.hub.url, line.sidOf('It left yesterday.'), state, phone);
    answer = await is(state);
  }
  expectComplete(await passportOf(answer), 'out');

  // With somebody already: there is nobody to wait for.
  await line.receives(desk.hub.url, phone, 'Thank you');
  const thanks = await theMessage(desk.hub.admin, id, 'Thank you');
  expect(thanks.passport.assignedAt).toBe(thanks.passport.storedAt);
  expect((await passportOf(thanks)).assignment).toMatchObject({ how: 'routing', agent: { name: 'Bo' } });
}, 60_000);

it('counts the deliveries that brought nothing new, and says when the last one was', async () => {
  const [phone, sid] = [desk.aPhone(), SmsLine.newSid()];
  const words = 'Twice is enough';
  for (let time = 0; time < 3; time += 1) expect(await desk.line.receives(desk.hub.url, phone, words, sid)).toBe(200);
  const { ticket } = await desk.aTicket('Another one', phone);
  const message = await theMessage(desk.hub.admin, ticket.id, words);
  const { duplicates, passport } = await passportOf(message);
  expect(duplicates).toEqual({ count: 2, lastAt: expect.any(String), lastTraceId: expect.any(String) });
  expect(Date.parse(duplicates?.lastAt ?? '')).toBeGreaterThan(Date.parse(passport.receivedAt ?? ''));
  expect(duplicates?.lastTraceId).not.toBe(passport.traceId);
});

it('tells why nobody has it yet, and who took it in the end', async () => {
  const agent = await desk.invited('Cy', [await desk.aQueue('Away')]);
  await agent.api.call('me.setState', { body: { state: 'away' } });
  const line = await desk.aLineTo((await agent.api.call('session.read', {})).queueIds[0] ?? '');
  await line.receives(desk.hub.url, desk.aPhone(), 'Is anybody there?');
  const { id } = await agent.sees('Is anybody there?');
  const [message] = messagesOf(await desk.read(id)) as [MessageEntry];
  await eventually(async () =>
    expect((await passportOf(message)).routing).toMatchObject({
      winner: null,
      candidates: [{ agent: { name: 'Cy' }, removedBy: 'away', score: null }],
    }),
  );
  expect((await passportOf(message)).assignment).toBeNull();
  await agent.api.call('tickets.reply', { params: { id }, body: replyBody(await desk.read(id), 'I am back') });
  const { assignment, passport } = await passportOf(message);
  expect(assignment).toMatchObject({ how: 'reply', by: 'Cy', agent: { name: 'Cy' } });
  expect(passport.assignedAt).toBe(assignment?.at);
}, 60_000);

it('adds the times up by channel and stage, for supervisors and for Prometheus', async () => {
  const report = await eventually(async () => {
    const read = await desk.hub.admin.call('flow.read', { query: { period: 'hour' } });
    expect(read.stages.map(({ direction, stage }) => `${direction} ${stage}`)).toEqual(
      expect.arrayContaining([
        'in verified',
        'in stored',
        'in pushed',
        'in seen',
        'in total',
        'out accepted',
        'out total',
      ]),
    );
    return read;
  });
  for (const { channel, n, p50Ms, p95Ms } of report.stages) {
    expect(channel).toBe('sms');
    expect(n).toBeGreaterThan(0);
    expect(p95Ms).toBeGreaterThanOrEqual(p50Ms);
  }
  const metrics = await (await fetch(`${desk.hub.url}/metrics`)).text();
  expect(metrics).toMatch(
    /switchboard_message_stage_seconds_count\{channel="sms",direction="in",stage="total"\} [1-9]/,
  );
  const agent = await Agent.invited(desk.hub.admin, 'Di');
  expect(await agent.api.refused('flow.read', { query: {} })).toMatchObject({ code: 'forbidden' });
  agent.disconnect();
});
