import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Api, Ask, ReportQuery } from '@switchboard/contract';
import { simpleParser } from 'mailparser';
import { ReportsModule } from '../../server/src/modules/reports/index.ts';
import { SendDueReports } from '../../server/src/modules/reports/mail/send-due-reports.ts';
import { ApiClient } from '../support/api-client.ts';
import { freePort, PASSWORD } from '../support/hub.ts';
import { startModules, type Modules } from '../support/start-modules.ts';
import { smtpReply, startSmtpSink } from '../support/smtp-sink.ts';

/** Reports that are kept, shared and mailed in time: once by all processes, once for all that was missed. */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let now = Date.parse('2026-03-10T12:00:00Z');
let refuses = '';
type Wanted = Ask<Api['reports.create']>['body'];
let hub: Modules;
let admin: ApiClient;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let due: SendDueReports;
let adaId: string;

beforeAll(async () => {
  // A real clock for sessions: the test's own goes on from it.
  now = Date.now();
  hub = await startModules([ReportsModule], { clock: { now: () => new Date(now) } });
  admin = await hub.administrator();
  await admin.call('organisation.update', { body: { timeZone: 'Europe/Berlin' } });
  adaId = (await admin.call('session.read')).id;
  sink = await startSmtpSink({
    recipient: (address) => (address === refuses ? smtpReply(451, 'Try again later') : null),
  });
  due = hub.app.get(SendDueReports);
}, 60_000);
beforeEach(() => void sink.mails.splice(0));
afterAll(async () => {
  await hub.stop();
  await sink.stop();
});

async function invited(name: string, role: 'agent' | 'supervisor' = 'supervisor') {
  const email = `${name.toLowerCase()}-${crypto.randomUUID().slice(0, 8)}@example.com`;
  const { agent, link } = await admin.call('invitations.create', { body: { email, name, role, queueIds: [] } });
  const client = new ApiClient(hub.url);
  const params = { token: link.split('/').at(-1) ?? '' };
  await client.call('invitations.accept', { params, body: { name, password: PASSWORD } });
  return { id: agent.id, email, client };
}

const query: ReportQuery = { period: 'yesterday', clock: 'calendar', by: 'queue' };
const wanted = (change: Partial<Wanted> = {}): Wanted => ({
  ...{ name: 'Yesterday', shared: false, query, schedule: null },
  ...change,
});
const daily = (...agentIds: string[]) => ({ every: 'day' as const, hour: 8, agentIds });
const save = (change: Partial<Wanted> = {}, as = admin) => as.call('reports.create', { body: wanted(change) });
const listed = async (as = admin) => (await as.call('reports.list', { query: {} })).items;
const read = async (id: string) => (await listed()).find((report) => report.id === id);
const remove = (id: string, as = admin) => as.call('reports.delete', { params: { id } });
const mails = () => Promise.all(sink.mails.map(({ raw }) => simpleParser(raw)));
const anAccount = async () =>
  admin.call('channelAccounts.create', {
    body: {
      connectorId: 'email',
      name: 'Mail',
      settings: {
        address: 'support@example.org',
        inbound: { mode: 'receiver', port: await freePort(), host: '127.0.0.1' },
        outbound: { host: '127.0.0.1', port: sink.port, secure: false },
      },
    },
  });

it('is one’s own until it is shared, and changed by its owner or an administrator', async () => {
  const lead = await invited('Grace');
  const own = await save({ name: 'Mine' });
  const theirs = await save({ name: 'Ours', shared: true }, lead.client);
  expect((await listed()).map(({ name, mayChange }) => [name, mayChange])).toEqual([
    ['Ours', true],
    ['Mine', true],
  ]);
  expect((await listed(lead.client)).map(({ name }) => name)).toEqual(['Ours']);
  expect(theirs.owner.name).toBe('Grace');
  const first = await admin.call('reports.list', { query: { limit: 1 } });
  const next = await admin.call('reports.list', { query: { limit: 1, cursor: first.next ?? '' } });
  expect([...first.items, ...next.items].map(({ name }) => name)).toEqual(['Ours', 'Mine']);
  expect(next.next).toBeNull();

  const change = (id: string, as: ApiClient) => as.refused('reports.update', { params: { id }, body: wanted() });
  expect(await change(own.id, lead.client)).toMatchObject({ status: 404 });
  await admin.call('reports.update', { params: { id: own.id }, body: wanted({ name: 'Mine', shared: true }) });
  expect(await change(own.id, lead.client)).toMatchObject({ status: 403 });
  const agent = await invited('Alan', 'agent');
  expect(await agent.client.refused('reports.list')).toMatchObject({ status: 403 });
  await remove(own.id);
  await remove(theirs.id);
  expect(await listed()).toEqual([]);
  const { items } = await admin.call('audit.list', { query: {} });
  expect(items.slice(0, 2).map(({ action }) => action)).toEqual(['report.deleted', 'report.deleted']);
});

it('refuses what could not be shown or mailed, in words', async () => {
  const refused = async (change: Partial<Wanted>) =>
    (await admin.refused('reports.create', { body: wanted(change) })).error.fields?.map(({ path }) => path);
  expect(await refused({ name: ' ' })).toEqual(['name']);
  expect(await refused({ query: { ...query, channel: 'sms', by: 'agent' } })).toEqual(['query.by']);
  expect(await refused({ query: { ...query, period: 'range' } })).toEqual(['query.to']);
  expect(await refused({ schedule: daily() })).toEqual(['schedule.agentIds']);
  expect(await refused({ schedule: daily('018f0000-0000-7000-8000-000000000001') })).toEqual(['schedule.agentIds']);
  const at = (schedule: object) => refused({ schedule: { ...daily(adaId), ...schedule } as never });
  expect(await at({ zone: 'Mars/Base' })).toEqual(['schedule.zone']);
  expect(await at({ every: 'week', weekdays: [] })).toEqual(['schedule.weekdays']);
  expect(await at({ every: 'week', weekdays: [1, 8] })).toEqual(['schedule.weekdays.1']);
  expect(await at({ every: 'month', day: 32 })).toEqual(['schedule.day']);
  const range = { ...query, period: 'range' as const, from: '2026-03-01', to: '2026-03-02' };
  expect(await refused({ query: range, schedule: daily(adaId) })).toEqual(['schedule']);
});

it('is mailed once at its hour, with its figures, as a table, and the way to it', async () => {
  await anAccount();
  const grace = await invited('Grace');
  const { id, nextAt } = await save({ name: 'Yesterday, =all', schedule: daily(adaId, grace.id) });
  const at = Date.parse(nextAt ?? '');
  expect(new Intl.DateTimeFormat('en', { hour: 'numeric', timeZone: 'Europe/Berlin' }).format(at)).toBe('8 AM');
  now = at - 1;
  await due.run();
  expect(sink.mails).toEqual([]);

  now = at;
  await Promise.all([due.run(), due.run(), due.run()]);
  await due.run();
  expect(sink.mails.map(({ to }) => to[0]).toSorted()).toEqual([grace.email, 'ada@example.com'].toSorted());
  const [mail] = await mails();
  expect(mail?.subject).toMatch(/^Yesterday, =all: \d+ \w+ \d{4}$/);
  expect(mail?.text).toContain('Tickets opened: Now 0; Before 0; Change no change');
  expect(mail?.text).toMatch(/\/reports\?period=yesterday&clock=calendar&by=queue/);
  expect(mail?.html).toContain('<td');
  const [csv] = mail?.attachments ?? [];
  expect([csv?.filename, csv?.contentType]).toEqual(['Yesterday all.csv', 'text/csv']);
  expect(csv?.content.toString()).toMatch(/^\uFEFFQueue,From,To,Tickets opened,/);
  expect(await read(id)).toMatchObject({
    nextAt: new Date(at + DAY).toISOString(),
    lastSent: { at: new Date(at).toISOString(), sent: 2, problem: null },
  });
  const { items } = await admin.call('audit.list', { query: {} });
  expect(items[0]).toMatchObject({ action: 'report.mailed', subject: id, actor: { id: null }, detail: { people: 2 } });
  await remove(id);
});

it('makes up for one of those that were missed', async () => {
  const { id, nextAt } = await save({ schedule: daily(adaId) });
  now = Date.parse(nextAt ?? '') + 3 * DAY + HOUR;
  await due.run();
  await due.run();
  expect(sink.mails).toHaveLength(1);
  expect(Date.parse((await read(id))?.nextAt ?? '')).toBeGreaterThan(now);
  now += 23 * HOUR;
  await due.run();
  expect(sink.mails).toHaveLength(2);
  await remove(id);
});

it('tells why it did not go to all, tries those again, and nobody gets it twice', async () => {
  const grace = await invited('Grace');
  const { id, nextAt } = await save({ schedule: daily(adaId, grace.id) });
  refuses = grace.email;
  now = Date.parse(nextAt ?? '');
  await due.run();
  expect((await read(id))?.lastSent).toMatchObject({ sent: 1, problem: expect.stringMatching(/^Grace: /) });
  refuses = '';
  now += 10 * 60_000;
  await due.run();
  expect(sink.mails.map(({ to }) => to[0])).toEqual(['ada@example.com', grace.email]);
  expect((await read(id))?.lastSent).toMatchObject({ sent: 2, problem: null });

  // For good: the next is tomorrow's.
  refuses = grace.email;
  now = Date.parse((await read(id))?.nextAt ?? '');
  for (let minutes = 0; minutes < 60; minutes += 5) {
    await due.run();
    now += 5 * 60_000;
  }
  expect(sink.mails).toHaveLength(3);
  expect(await read(id)).toMatchObject({ lastSent: { sent: 1, problem: expect.stringContaining('Grace') } });
  expect(Date.parse((await read(id))?.nextAt ?? '')).toBeGreaterThan(now);
  refuses = '';
  await remove(id);
});

it('goes out on the days that were chosen, by whose clock was chosen, and keeps those from before one could', async () => {
  const zone = 'America/New_York';
  const told = (at: number, timeZone: string) =>
    new Intl.DateTimeFormat('en', { weekday: 'long', hour: 'numeric', timeZone }).format(at);
  const weekdays = [1 + new Date(now + 2 * DAY).getUTCDay()].map((day) => (day === 1 ? 7 : day - 1));
  const { id, nextAt } = await save({ schedule: { every: 'week', weekdays, hour: 8, zone, agentIds: [adaId] } });
  const first = Date.parse(nextAt ?? '');
  expect(told(first, zone)).toBe(`${told(now + 2 * DAY, 'UTC').split(' ')[0]} 8 AM`);
  // As it was stored.
  const $set = { schedule: { every: 'week', hour: 7, agentIds: [adaId] } };
  await hub.platform.connection.collection('savedreports').updateOne({ _id: id as never }, { $set });
  expect((await read(id))?.schedule).toEqual({ ...$set.schedule, weekdays: [1], zone: null });
  now = first;
  await due.run();
  expect(told(Date.parse((await read(id))?.nextAt ?? ''), 'Europe/Berlin')).toBe('Monday 7 AM');
  await remove(id);
});

it('goes on after those who have it where a process died', async () => {
  const grace = await invited('Grace');
  const { id, nextAt } = await save({ schedule: daily(adaId, grace.id) });
  now = Date.parse(nextAt ?? '') + 60_000;
  // As one leaves it that mailed it to the first and was killed.
  const held = { tryAt: new Date(now + 120_000), done: [adaId] };
  await hub.platform.connection.collection('savedreports').updateOne({ _id: id as never }, { $set: held });
  await due.run();
  expect(sink.mails).toEqual([]);
  now += 120_000;
  await due.run();
  expect(sink.mails.map(({ to }) => to[0])).toEqual([grace.email]);
  await remove(id);
});

it('is not mailed in the name of somebody who may not see it any more', async () => {
  const lead = await invited('Linus');
  const { id, nextAt } = await save({ shared: true, schedule: daily(adaId) }, lead.client);
  await admin.call('agents.update', { params: { id: lead.id }, body: { role: 'agent' } });
  now = Date.parse(nextAt ?? '');
  await due.run();
  expect(sink.mails).toEqual([]);
  expect((await read(id))?.lastSent?.problem).toMatch(/^Linus is no supervisor any more/);
  await remove(id);
});
