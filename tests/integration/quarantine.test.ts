import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { theTicketWith, ticketsWith } from '../support/tickets.ts';

/** What could not be processed: looked at, mended, tried again, discarded. */
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

const count = async () => (await hub.admin.call('quarantine.count')).count;
const replay = (id: string, raw?: string) =>
  hub.admin.call('quarantine.replay', { params: { id }, body: raw === undefined ? {} : { raw } });
const newest = () =>
  eventually(async () => {
    const [item] = (await hub.admin.call('quarantine.list', {})).items;
    if (item === undefined) throw new Error('Quarantine is empty');
    return item;
  });

it('tries a request again as a person has mended it, and keeps it until it can be read', async () => {
  expect(await line.receives(hub.url, '', 'from nobody')).toBe(200);
  const item = await newest();
  expect(item).toMatchObject({ stage: 'parse', accountName: 'SMS', attempts: 1 });
  expect(await count()).toBe(1);
  const params = { id: item.id };
  const { raw, editable } = await hub.admin.call('quarantine.read', { params });
  expect(editable).toBe(true);
  const whole = await hub.admin.fetch(`/api/v1/quarantine/${item.id}/raw`);
  expect(whole.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(await whole.text()).toBe(raw);

  expect(await replay(item.id)).toMatchObject({ ok: false });
  expect(await replay(item.id, `${raw}&Tried=again`)).toMatchObject({
    ok: false,
    message: expect.stringContaining('It still can’t be read: '),
  });
  expect(await newest()).toMatchObject({ id: item.id, attempts: 3, reason: item.reason });

  const mended = raw.replace('From=', 'From=%2B15557770101');
  expect(await replay(item.id, mended)).toMatchObject({ ok: true });
  await theTicketWith(hub.admin, 'from nobody');
  expect(await count()).toBe(0);
  expect(await hub.admin.refused('quarantine.replay', { params, body: { raw: mended } })).toMatchObject({
    status: 404,
  });
  const { items } = await hub.admin.call('audit.list', {});
  expect(
    items.filter(({ subject }) => subject === item.id).map(({ action, detail }) => [action, detail['ok']]),
  ).toEqual([
    ['quarantine.mended', true],
    ['quarantine.mended', false],
    ['quarantine.replayed', false],
  ]);
});

it('names the field of a given up message that is wrong, and stores what it says once', async () => {
  const event = {
    specVersion: 1,
    kind: 'message.received',
    eventId: crypto.randomUUID(),
    dedupeKey: 'SM-given-up',
    receivedAt: '2026-11-28T10:00:00.000Z',
    occurredAt: '2026-11-28T10:00:00.000Z',
    connectorId: 'twilio-sms',
    channel: 'sms',
    channelAccountId: line.accountId,
    thread: { externalId: '+15557770102', shape: 'direct' },
    sender: { externalId: '+15557770102', handles: [{ type: 'phone', value: '+15557770102' }] },
    message: { externalId: 'SM-given-up', parts: [{ type: 'text', text: 'given up' }] },
  };
  const message = { topic: 'inbound.sms.message.received', key: 'k', id: crypto.randomUUID() };
  const letter = (id: string) => ({
    _id: id,
    subscription: 'tickets',
    messageId: crypto.randomUUID(),
    body: JSON.stringify({ ...message, payload: { ...event, thread: {} } }),
    reason: 'It could not be stored',
    attempts: 6,
    at: new Date(),
    revision: 1,
  });
  const ids = [crypto.randomUUID(), crypto.randomUUID()] as const;
  await database.connection.collection<{ _id: string }>('deadletters').insertMany(ids.map(letter));
  expect(await count()).toBe(2);
  expect(await newest()).toMatchObject({ stage: 'inbound', accountName: 'SMS', reason: 'It could not be stored' });

  const tryWith = (raw: string) => ({ params: { id: ids[0] }, body: { raw } });
  const unfinished = JSON.stringify({ ...event, thread: { shape: 'direct' } });
  expect(await hub.admin.refused('quarantine.replay', tryWith(unfinished))).toMatchObject({
    status: 400,
    message: expect.stringMatching(/^thread\.externalId: /),
    error: { fields: [expect.objectContaining({ path: 'raw' })] },
  });
  expect(await hub.admin.refused('quarantine.replay', tryWith('{'))).toMatchObject({
    message: expect.stringMatching(/^This is not JSON: /),
  });
  for (const id of ids) expect(await replay(id, JSON.stringify(event))).toMatchObject({ ok: true });
  await theTicketWith(hub.admin, 'given up');
  await eventually(async () => {
    const [ticket] = await ticketsWith(hub.admin, 'given up');
    const kept = ticket?.entries.filter(({ type }) => type === 'message') ?? [];
    expect(kept).toHaveLength(1);
    const stored = await database.connection.collection('entries').findOne({ dedupeKey: 'SM-given-up' });
    expect(stored?.['eventId']).toBe(event.eventId);
  });
  expect(await count()).toBe(0);
});

it('tries several again or drops them in one go, finds them by what they are, and tells for a month who did what', async () => {
  const other = await SmsLine.of(hub);
  await hub.admin.call('channelAccounts.update', { params: { id: other.accountId }, body: { name: 'Other' } });
  for (const words of ['one', 'two']) expect(await line.receives(hub.url, '', words)).toBe(200);
  expect(await other.receives(hub.url, '', 'three')).toBe(200);
  const event = {
    ...{ specVersion: 1, kind: 'message.received', eventId: crypto.randomUUID(), dedupeKey: 'SM-in-bulk' },
    ...{ receivedAt: '2026-11-28T10:00:00.000Z', occurredAt: '2026-11-28T10:00:00.000Z' },
    ...{ connectorId: 'twilio-sms', channel: 'sms', channelAccountId: line.accountId },
    thread: { externalId: '+15557770104', shape: 'direct' },
    sender: { externalId: '+15557770104', handles: [{ type: 'phone', value: '+15557770104' }] },
    message: { externalId: 'SM-in-bulk', parts: [{ type: 'text', text: 'in bulk' }] },
  };
  const key = `${line.accountId}:+15557770104`;
  const letter = {
    ...{ _id: crypto.randomUUID(), subscription: 'tickets', messageId: event.eventId, key, attempts: 5, revision: 1 },
    body: JSON.stringify({ topic: 'inbound.sms.message.received', key, id: event.eventId, payload: event }),
    ...{ reason: 'MongoError: the disk (C:) was full', at: new Date() },
  };
  await database.connection.collection<{ _id: string }>('deadletters').insertOne(letter);

  type Filter = { kind?: 'request' | 'letter'; channelAccountId?: string; reason?: string; state?: 'replayed' };
  const list = async (query: Filter) => (await hub.admin.call('quarantine.list', { query })).items;
  const ids = async (query: Filter) => (await list(query)).map(({ id }) => id);
  await eventually(async () => expect(await ids({})).toHaveLength(4));
  expect(await ids({ kind: 'letter' })).toEqual([letter._id]);
  expect(await ids({ kind: 'request' })).toHaveLength(3);
  expect(await ids({ reason: 'DISK (c:)' })).toEqual([letter._id]);
  expect(await list({ channelAccountId: other.accountId })).toMatchObject([{ accountName: 'Other', stage: 'parse' }]);
  expect(await ids({ channelAccountId: line.accountId })).toHaveLength(3);
  const paged = await hub.admin.call('quarantine.list', { query: { limit: 1, channelAccountId: line.accountId } });
  expect(paged.next).not.toBeNull();

  const requests = await ids({ kind: 'request' });
  const gone = crypto.randomUUID();
  const body = { ids: [letter._id, ...requests, gone] };
  const { results } = await hub.admin.call('quarantine.replayMany', { body });
  expect(results.map(({ id, ok }) => [id, ok])).toEqual([
    [letter._id, true],
    ...requests.map((id) => [id, false]),
    [gone, false],
  ]);
  expect(results[1]?.message).toBe('It still can’t be read: From is missing');
  expect(results.at(-1)?.message).toBe('It is not in quarantine any more.');
  await theTicketWith(hub.admin, 'in bulk');

  const [replayed] = await list({ state: 'replayed', kind: 'letter', reason: 'disk' });
  expect(replayed).toMatchObject({ accountName: 'SMS', replayed: { by: 'Ada Lovelace' } });
  const detail = await hub.admin.call('quarantine.read', { params: { id: replayed?.id ?? '' } });
  expect(detail).toMatchObject({
    editable: false,
    history: [{ by: 'Ada Lovelace', mended: false, outcome: 'replayed' }],
  });
  expect(JSON.parse(detail.raw)).toMatchObject({ dedupeKey: 'SM-in-bulk' });
  const failed = await hub.admin.call('quarantine.read', { params: { id: requests[0] ?? '' } });
  expect(failed).toMatchObject({ attempts: 2, replayed: null, history: [{ by: 'Ada Lovelace', outcome: 'failed' }] });

  const dropped = await hub.admin.call('quarantine.discardMany', { body: { ids: requests } });
  expect(dropped.results.every(({ ok }) => ok)).toBe(true);
  expect(await count()).toBe(0);
  const { items } = await hub.admin.call('audit.list', {});
  const done = items.filter(({ subject }) => [letter._id, ...requests].includes(subject)).map(({ action }) => action);
  expect(done.filter((action) => action === 'quarantine.replayed')).toHaveLength(4);
  expect(done.filter((action) => action === 'quarantine.discarded')).toHaveLength(3);
  await other.provider.close();
});
