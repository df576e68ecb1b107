import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Api, Ask, EntryView, PolicyView, TicketView } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith } from '../support/tickets.ts';

/** Promises to customers through the real parts: kept, paused, broken, told. */
const MINUTE = 60_000;
let database: TestDatabase;
let hub: TestHub;
let line: SmsLine;
let forward = 0;
let phones = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  hub = await startHub({ env: database.hubEnv, clockMs: 0 });
  line = await SmsLine.of(hub);
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await line.provider.close();
  await database.drop();
});

/** Time passes for the hub: everything of it from now on is so much later. */
function passes(minutes: number): void {
  forward += minutes * MINUTE;
  hub.putClock(forward);
}

async function aTicket(words: string): Promise<TicketView> {
  phones += 1;
  expect(await line.receives(hub.url, `+1555777${String(phones).padStart(4, '0')}`, words)).toBe(200);
  const { detail } = await theTicketWith(hub.admin, words);
  return eventually(async () => {
    const ticket = await read(detail.ticket.id);
    expect(ticket.firstResponse).not.toBeNull();
    return ticket;
  });
}
async function read(id: string): Promise<TicketView> {
  return (await hub.admin.call('tickets.read', { params: { id } })).ticket;
}
async function events(id: string): Promise<Extract<EntryView, { type: 'event' }>[]> {
  const { entries } = await hub.admin.call('tickets.read', { params: { id } });
  return entries.filter((entry) => entry.type === 'event');
}
const update = (id: string, body: Ask<Api['tickets.update']>['body']) =>
  hub.admin.call('tickets.update', { params: { id }, body });

/** Before all others, for tickets with a tag of its own. */
async function aPolicy(
  wanted: Omit<Ask<Api['policies.create']>['body'], 'name' | 'when'>,
): Promise<PolicyView & { tag: string }> {
  const tag = `promise-${randomUUID().slice(0, 8)}`;
  const when = { queueIds: [], priorities: [], tags: [tag], attributes: [] };
  const policy = await hub.admin.call('policies.create', { body: { name: tag, when, ...wanted } });
  return { ...policy, tag };
}
async function aTicketWith({ tag }: { tag: string }, words = `about ${tag}`): Promise<TicketView> {
  const { id } = await aTicket(words);
  return update(id, { addTags: [tag] });
}
const minutesBetween = (from: string | null | undefined, to: string | null | undefined): number =>
  (Date.parse(to ?? '') - Date.parse(from ?? '')) / MINUTE;
const targets = { firstResponse: null, nextResponse: null, resolution: null };
const none = { notify: [], priority: null, queueId: null, addTags: [] };

it('promises an answer within the hour from the first day on', async () => {
  const ticket = await aTicket('What do you promise?');
  expect(minutesBetween(ticket.firstResponse?.startedAt, ticket.firstResponse?.dueAt)).toBe(60);
  expect(minutesBetween(ticket.firstResponse?.startedAt, ticket.firstResponse?.warnAt)).toBe(45);
  expect(ticket).toMatchObject({ nextResponse: null, resolution: { dueAt: null, doneAt: null } });
  const metrics = await hub.admin.call('tickets.metrics', { params: { id: ticket.id } });
  expect(metrics).toMatchObject({ policy: { name: 'Standard' }, queue: { serviceLevel: { targetMs: 60 * MINUTE } } });
});

it('warns, then breaks, tells whom it concerns and does what the policy says: each once', async () => {
  const tier2 = await hub.admin.call('queues.create', { body: { name: 'Tier 2' } });
  const agent = await Agent.invited(hub.admin, 'Grace');
  const supervisor = await Agent.at(hub.admin);
  const policy = await aPolicy({
    targets: { ...targets, firstResponse: 40 },
    warnBefore: { unit: 'minutes', value: 10 },
    onWarning: { ...none, notify: ['assignee'] },
    onBreach: { notify: ['assignee', 'supervisors'], priority: 'urgent', queueId: tier2.id, addTags: ['late'] },
  });
  const { id } = await aTicketWith(policy);
  const { id: me } = await agent.api.call('session.read');
  await update(id, { assigneeId: me });
  const heard = (who: Agent) => who.passing.filter((event) => event.type === 'escalation' && event.ticketId === id);

  passes(31);
  await eventually(() => expect(heard(agent)).toMatchObject([{ clock: 'firstResponse', breached: false }]));
  expect(heard(supervisor)).toEqual([]);
  expect(await read(id)).toMatchObject({ priority: 'normal', tags: [policy.tag] });

  passes(10);
  await eventually(() => expect(heard(supervisor)).toMatchObject([{ clock: 'firstResponse', breached: true }]));
  await eventually(() => expect(heard(agent)).toHaveLength(2));
  const late = await read(id);
  expect(late).toMatchObject({ priority: 'urgent', queue: { name: 'Tier 2' }, tags: [policy.tag, 'late'] });
  const told = (await events(id)).filter(({ event }) => event.startsWith('service-level.'));
  expect(told).toMatchObject([
    { event: 'service-level.warned', to: 'firstResponse' },
    {
      event: 'service-level.breached',
      to: 'firstResponse',
      did: ['priority raised from normal to urgent', 'moved to Tier 2', 'tagged late'],
    },
  ]);
  passes(60);
  const other = await aTicketWith(policy, 'a later one');
  passes(41);
  await eventually(async () => expect((await read(other.id)).tags).toContain('late'));
  expect((await events(id)).filter(({ event }) => event === 'service-level.breached')).toHaveLength(1);
  agent.disconnect();
  supervisor.disconnect();
});

it('stands still while it is pending on the customer, to the second, and goes on when they write', async () => {
  const policy = await aPolicy({ targets: { ...targets, resolution: 120 }, pauseWhilePending: 'resolution' });
  const opened = await aTicketWith(policy);
  passes(20);
  const pending = await update(opened.id, { status: 'pending' });
  const { pausedAt, leftMs, startedAt } = pending.resolution ?? {};
  expect(pending.resolution?.dueAt).toBeNull();
  expect(minutesBetween(startedAt, pausedAt)).toBeGreaterThanOrEqual(20);
  expect((leftMs ?? 0) / MINUTE).toBeCloseTo(120 - minutesBetween(startedAt, pausedAt), 6);
  passes(300);
  const open = await update(opened.id, { status: 'open' });
  expect(open.resolution?.pausedAt).toBeNull();
  const resumed = (await events(opened.id)).at(-1)?.at;
  expect(minutesBetween(resumed, open.resolution?.dueAt) * MINUTE).toBeCloseTo(leftMs ?? 0, 3);
  passes(119);
  await eventually(async () =>
    expect((await events(opened.id)).map(({ event }) => event)).toContain('service-level.breached'),
  );
});

it('counts in business hours, and follows when policy, calendar or customer change', async () => {
  // Open for one hour a week from now on: whatever day it is, the second hour is in a week.
  const now = new Date(Date.now() + forward);
  const hour = (at: number) => `${String(new Date(now.getTime() + at * 3_600_000).getUTCHours()).padStart(2, '0')}:00`;
  const weekday = now.getUTCDay() || 7;
  const calendar = await hub.admin.call('calendars.create', {
    body: { name: 'One hour', timeZone: 'UTC', hours: [{ weekday, from: hour(0), to: hour(1) }] },
  });
  const policy = await aPolicy({ targets: { ...targets, firstResponse: 61 }, calendarId: calendar.id });
  const { id } = await aTicketWith(policy);
  const before = (await read(id)).firstResponse;
  expect(minutesBetween(before?.startedAt, before?.dueAt)).toBeGreaterThan(6 * 24 * 60);

  await hub.admin.call('policies.update', { params: { id: policy.id }, body: { calendarId: null } });
  await eventually(async () => {
    const { firstResponse } = await read(id);
    expect(minutesBetween(firstResponse?.startedAt, firstResponse?.dueAt)).toBe(61);
  });
  expect((await events(id)).at(-1)).toMatchObject({
    event: 'service-level.changed',
    from: policy.name,
    to: policy.name,
  });

  const gold = [{ name: 'plan', values: ['gold'] }];
  await hub.admin.call('policies.create', {
    body: {
      name: 'Gold',
      when: { queueIds: [], priorities: [], tags: [], attributes: gold },
      targets: { ...targets, firstResponse: 5 },
    },
  });
  const { customer } = await read(id);
  await hub.admin.call('customers.update', { params: { id: customer.id }, body: { attributes: { Plan: 'Gold' } } });
  await eventually(async () => {
    const { firstResponse } = await read(id);
    expect(minutesBetween(firstResponse?.startedAt, firstResponse?.dueAt)).toBe(5);
  });
});

it('is as late as it was, though the hub was killed in between, and is told once', async () => {
  const policy = await aPolicy({ targets: { ...targets, firstResponse: 30 }, warnBefore: null });
  const { id, firstResponse } = await aTicketWith(policy);
  forward += 45 * MINUTE;
  hub = await hub.again(forward);
  const broken = async () => (await events(id)).filter(({ event }) => event === 'service-level.breached');
  await eventually(async () => expect(await broken()).toHaveLength(1), 40_000);
  expect((await read(id)).firstResponse).toMatchObject({ dueAt: firstResponse?.dueAt, doneAt: null });
}, 90_000);

describe('policies and calendars', () => {
  const week = [{ weekday: 1, from: '09:00', to: '17:00' }];

  it('are kept in the order that people give them', async () => {
    const { items } = await hub.admin.call('policies.list');
    const ids = items.map(({ id }) => id).toReversed();
    await hub.admin.call('policies.order', { body: { ids } });
    const again = await hub.admin.call('policies.list', { query: { limit: 2 } });
    expect(again.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const rest = await hub.admin.call('policies.list', { query: { limit: 200, cursor: again.next ?? '' } });
    expect(rest.items.map(({ id }) => id)).toEqual(ids.slice(2));
    const short = await hub.admin.refused('policies.order', { body: { ids: ids.slice(1) } });
    expect(short).toMatchObject({ status: 409 });
    await hub.admin.call('policies.order', { body: { ids: ids.toReversed() } });
  });

  it.each([
    ['a zone that is none', { timeZone: 'Mars/Olympus', hours: week }, 'timeZone'],
    ['no hours', { timeZone: 'UTC', hours: [] }, 'hours'],
    ['no time of day', { timeZone: 'UTC', hours: [{ weekday: 1, from: '09:00', to: '25:00' }] }, 'hours.0'],
    ['no date', { timeZone: 'UTC', hours: week, holidays: [{ date: '2026-02-30' }] }, 'holidays.0.date'],
  ])('refuse %s and name the field', async (_, settings, path) => {
    const refused = await hub.admin.refused('calendars.create', { body: { name: 'Bad', ...settings } });
    expect(refused).toMatchObject({ status: 400, error: { fields: [{ path }] } });
  });

  it('refuse a queue or calendar that is not there, a name twice, and to delete what is in use', async () => {
    const nowhere = { name: 'Nowhere', calendarId: randomUUID(), onBreach: { ...none, queueId: randomUUID() } };
    expect(await hub.admin.refused('policies.create', { body: nowhere })).toMatchObject({
      error: { fields: [{ path: 'calendarId' }, { path: 'onBreach.queueId' }] },
    });
    expect(await hub.admin.refused('policies.create', { body: { name: 'STANDARD' } })).toMatchObject({ status: 409 });
    const calendar = await hub.admin.call('calendars.create', { body: { name: 'Used', timeZone: 'UTC', hours: week } });
    const policy = await aPolicy({ calendarId: calendar.id });
    const params = { id: calendar.id };
    expect(await hub.admin.refused('calendars.delete', { params })).toMatchObject({ status: 409 });
    await hub.admin.call('policies.delete', { params: { id: policy.id } });
    await hub.admin.call('calendars.delete', { params });
    const { items } = await hub.admin.call('audit.list', { query: { limit: 20 } });
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['calendar.created', 'calendar.deleted', 'policy.created', 'policy.deleted']),
    );
  });

  it('read the holidays of an iCalendar file, and are not for every agent to change', async () => {
    const ical =
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR';
    const read = await hub.admin.call('calendars.readHolidays', { body: { ical } });
    expect(read).toEqual({ holidays: [{ date: '2020-01-01', name: 'Holiday', yearly: true, hours: [] }], skipped: 0 });
    const bad = await hub.admin.refused('calendars.readHolidays', { body: { ical: 'nothing' } });
    expect(bad).toMatchObject({ status: 400, error: { fields: [{ path: 'ical' }] } });
    const agent = await Agent.invited(hub.admin, 'Ann');
    expect(await agent.api.refused('policies.create', { body: { name: 'Mine' } })).toMatchObject({ status: 403 });
    agent.disconnect();
  });
});
