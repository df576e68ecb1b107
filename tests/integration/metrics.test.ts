import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Figures, MetricId } from '@switchboard/contract';
import { eventually } from '../support/eventually.ts';
import { readCsv } from '../support/csv.ts';
import { Desk } from '../support/desk.ts';

/** What happens at a desk becomes figures, the figures can be opened to what they are made of, and are proven from the histories. */
let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
}, 120_000);
afterAll(() => desk.close());

const today = () => ({
  from: new Date(Date.now() - 3_600_000).toISOString(),
  to: new Date(Date.now() + 3_600_000).toISOString(),
});
const read = (query: object = {}) => desk.hub.admin.call('metrics.read', { query: { ...today(), ...query } });
const values = (figures: Figures, ...ids: MetricId[]) => ids.map((id) => figures[id]?.value);
const rowsOf = (metric: MetricId, query: object = {}) =>
  desk.hub.admin.call('metrics.rows', { query: { ...today(), metric, ...query } });

it('counts what happened within a moment, in all and by queue, channel, agent, tag and hour', async () => {
  const phone = desk.aPhone();
  const { ticket, targets } = await desk.aTicket('my parcel is wet', phone);
  await desk.update(ticket.id, { addTags: ['wet.parcel'] });
  await desk.hub.admin.call('tickets.reply', {
    params: { id: ticket.id },
    body: {
      clientId: crypto.randomUUID(),
      threadId: targets[0]?.threadId ?? '',
      parts: [{ type: 'text', text: 'A new one is on its way' }],
      force: true,
    },
  });
  await desk.update(ticket.id, { status: 'resolved' });
  const unanswered = await desk.aTicket('where is the shop');

  await eventually(async () =>
    expect(values((await read()).total, 'opened', 'resolved', 'backlogGrowth')).toEqual([2, 1, 1]),
  );
  const { total, timeZone, previous } = await read();
  expect(values(total, 'oneTouch', 'serviceLevel', 'firstContact', 'reopenRate')).toEqual([100, 100, 100, 0]);
  expect(total.firstResponse).toMatchObject({ n: 1, value: expect.any(Number), p90: expect.any(Number) });
  expect(total.resolution?.n).toBe(1);
  expect(previous?.total.opened?.value).toBe(0);
  expect(timeZone).toBe((await desk.hub.admin.call('organisation.read', {})).timeZone);

  const by = async (query: object) =>
    (await read(query)).rows.map(({ key, name, figures }) => [key, name, figures.opened?.value]);
  expect(await by({ by: 'queue' })).toEqual([[ticket.queue.id, ticket.queue.name, 2]]);
  expect(await by({ by: 'channel' })).toEqual([['sms', 'SMS', 2]]);
  expect(await by({ by: 'tag' })).toEqual([['wet.parcel', 'wet.parcel', 1]]);
  expect((await read({ by: 'agent' })).rows.map(({ name, figures }) => [name, figures.firstResponse?.n])).toEqual([
    ['Ada Lovelace', 1],
  ]);
  expect((await read({ tag: 'wet.parcel' })).total.opened?.value).toBe(1);
  const hours = (await read({ interval: 'hour' })).rows;
  expect(hours.reduce((sum, { figures }) => sum + (figures.opened?.value ?? 0), 0)).toBe(2);
  expect(hours.length).toBeGreaterThanOrEqual(2);
  const { opened } = await desk.hub.admin.call('metrics.heat', { query: today() });
  expect(opened.flat().reduce((sum, count) => sum + count, 0)).toBe(2);

  // The very rows.
  const first = await rowsOf('firstResponse');
  expect(first.items).toEqual([
    expect.objectContaining({
      kind: 'first-response',
      ticket: expect.objectContaining({ id: ticket.id, number: ticket.number }),
      agent: expect.objectContaining({ name: 'Ada Lovelace' }),
    }),
  ]);
  const page = await rowsOf('opened', { limit: 1 });
  expect(page.items.map((row) => row.ticket.id)).toEqual([unanswered.ticket.id]);
  const next = await rowsOf('opened', { limit: 1, cursor: page.next ?? '' });
  expect([next.items.map((row) => row.ticket.id), next.next]).toEqual([[ticket.id], null]);
}, 60_000);

it('gives the same as tables for spreadsheets, whole and safe', async () => {
  const table = async (id: 'metrics.csv' | 'metrics.rowsCsv', query: object) => {
    const answer = await desk.hub.admin.ask(id, { query: { ...today(), ...query } } as never);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="\w+\.csv"$/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [head = [], ...rows] = readCsv(bytes.toString());
    return rows.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at]])));
  };
  const { total, rows } = await read({ by: 'queue' });
  const queues = await table('metrics.csv', { by: 'queue' });
  expect(queues.map((row) => row['Queue'])).toEqual(['All', 'Before', ...rows.map(({ name }) => name)]);
  expect(queues[0]).toMatchObject({
    'Tickets opened': String(total.opened?.value),
    'Service level, %': '100',
    'First response time, median s': String(Math.round(total.firstResponse?.value ?? 0) / 1000),
    'First response time, n': '1',
  });
  const hours = await table('metrics.csv', { interval: 'hour' });
  const sum = hours.slice(2).reduce((all, row) => all + Number(row['Tickets opened']), 0);
  expect(sum).toBe(total.opened?.value);

  const { ticket } = await desk.aTicket('this one says =1+1');
  await desk.update(ticket.id, { subject: '=1+1, "quoted"' });
  await eventually(async () => {
    const opened = await table('metrics.rowsCsv', { metric: 'opened' });
    expect(opened.map((row) => row['What'])).toEqual(['opened', 'opened', 'opened']);
    expect(opened[0]).toMatchObject({ Ticket: String(ticket.number), Subject: `'=1+1, "quoted"`, Channel: 'SMS' });
  });
  const { from, to } = today();
  const refused = { query: { metric: 'opened' as const, from: to, to: from } };
  expect(await desk.hub.admin.refused('metrics.rowsCsv', refused)).toMatchObject({ status: 400 });
  const before = { previousFrom: from, previousTo: to };
  expect((await read(before)).previous?.total).toEqual((await read()).total);
});

it('tells a resolution anew that was not the last, and that did not settle what the customer came for', async () => {
  const phone = desk.aPhone();
  const { ticket } = await desk.aTicket('it rattles', phone);
  await desk.update(ticket.id, { status: 'resolved' });
  const settled = async () => (await read()).total;
  await eventually(async () => expect((await settled()).resolved?.value).toBe(2));
  expect(values(await settled(), 'firstContact')).toEqual([100]);
  await desk.line.receives(desk.hub.url, phone, 'it still rattles');
  await eventually(async () => {
    const now = await settled();
    expect(values(now, 'firstContact', 'reopenRate')).toEqual([50, 50]);
    expect(now.resolution?.n).toBe(1);
    expect(now.firstResolution?.n).toBe(2);
  });
});

it('measures how long people have tickets before them, of the time in which they could', async () => {
  const { ticket } = await desk.aTicket('it takes a while');
  const ruth = await desk.invited('Ruth', [ticket.queue.id]);
  ruth.says('handling', ticket.id);
  const hers = async () => (await read({ by: 'agent' })).rows.find(({ name }) => name === 'Ruth')?.figures;
  await eventually(async () => expect((await hers())?.occupancy?.value).toBeGreaterThan(0));
  ruth.says('handling', null);
  await ruth.settled();
  await ruth.api.call('tickets.update', { params: { id: ticket.id }, body: { status: 'resolved' } });
  await eventually(async () => expect((await hers())?.aht).toMatchObject({ n: 1, value: expect.any(Number) }));
  expect((await hers())?.occupancy?.value).toBeLessThanOrEqual(100);
  const { items } = await rowsOf('occupancy');
  expect(items.map(({ kind, ticket: { id }, agent }) => [kind, id, agent?.name])).toContainEqual([
    'handled',
    ticket.id,
    'Ruth',
  ]);
}, 60_000);

it('finds and mends what is not what the histories say', async () => {
  const check = () => desk.hub.admin.call('metrics.check', { body: today() });
  expect(await check()).toMatchObject({ drift: 0, examples: [], tickets: 5 });
  // Whoever is there adds to the time that they are there.
  const settled = async () => ({ ...(await read()).total, occupancy: null });
  const before = await settled();
  await desk.collection('facts').deleteOne({ kind: 'first-response' });
  await desk.collection('rollups').updateMany({ grain: 'quarter', part: 'all' }, { $set: { 'cells.0.n.opened': 77 } });
  expect((await read()).total.opened?.value).toBeGreaterThan(70);
  const found = await check();
  expect(found.drift).toBeGreaterThanOrEqual(1);
  expect(found.examples.join()).toContain('first-response');
  expect(await settled()).toEqual(before);
  expect(await check()).toMatchObject({ drift: 0 });
  const { items } = await desk.hub.admin.call('metrics.checks', { query: {} });
  expect(items.map(({ drift }) => drift > 0)).toEqual([false, true, false]);
});

it('refuses what it has no figures for, in words', async () => {
  const refused = (query: object) => desk.hub.admin.refused('metrics.read', { query: { ...today(), ...query } });
  expect(await refused({ channel: 'sms', by: 'agent' })).toMatchObject({ status: 400 });
  const { from, to } = today();
  expect(await refused({ from: to, to: from })).toMatchObject({ error: { fields: [{ path: 'to' }] } });
  expect(await refused({ from: '2020-01-01T00:00:00.000Z', interval: 'hour' })).toMatchObject({
    error: { fields: [{ path: 'interval' }] },
  });
});
