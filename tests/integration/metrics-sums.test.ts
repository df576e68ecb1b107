import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Api, Call, ChannelKind, MetricClock, ReplyOf } from '@switchboard/contract';
import { DateTime } from 'luxon';
import type { Model } from 'mongoose';
import type { Fact } from '../../server/src/modules/metrics/facts/fact.schema.ts';
import { figuresOf } from '../../server/src/modules/metrics/figures/figures.ts';
import { MetricsModule } from '../../server/src/modules/metrics/metrics.module.ts';
import { addFact, emptyCell } from '../../server/src/modules/metrics/rollups/cell.ts';
import { KeepQuarters } from '../../server/src/modules/metrics/rollups/keep-quarters.ts';
import { RollUp } from '../../server/src/modules/metrics/rollups/roll-up.ts';
import type { ApiClient } from '../support/api-client.ts';
import { readCsv } from '../support/csv.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

/** What quarters, days and months come to is what the moments themselves come to, however they are cut, and is proven. */
const zone = 'Europe/Berlin';
const queues = ['018f0000-0000-7000-8000-00000000000a', '018f0000-0000-7000-8000-00000000000b'];
const agents = ['018f0000-0000-7000-8000-0000000000a1', '018f0000-0000-7000-8000-0000000000a2'];
const channels: ChannelKind[] = ['sms', 'email'];
const kinds = ['opened', 'assigned', 'first-response', 'next-response', 'resolved', 'abandoned'] as const;
/** From the middle of a month, at no full hour, over two whole ones. */
const end = DateTime.now().setZone(zone).startOf('day').minus({ days: 1 }).plus({ hours: 9 });
const start = end.minus({ months: 3, days: 4, hours: 2 });
const span = { from: start.toUTC().toISO() ?? '', to: end.toUTC().toISO() ?? '' };

let hub: Modules;
let admin: ApiClient;
let facts: Fact[];
beforeAll(async () => {
  hub = await startModules([MetricsModule]);
  admin = await hub.administrator();
  await admin.call('organisation.update', { body: { timeZone: zone } });
  const count = 900;
  facts = Array.from({ length: count }, (_, at): Fact => {
    const oneOf = <T>(list: readonly T[], turn: number): T => list[Math.floor(at / turn) % list.length] as T;
    const ms = 1000 + ((at * 7919) % 5_000_000);
    return {
      ...{ _id: `fact-${at}`, kind: oneOf(kinds, 1), queueId: oneOf(queues, 5), agentId: oneOf(agents, 7) },
      ...{ at: new Date(start.toMillis() + (at * (end.toMillis() - start.toMillis())) / count), ticketId: `t${at}` },
      ...{ channel: oneOf(channels, 3), tags: at % 2 === 0 ? ['wet'] : [], customerId: 'c', ms, businessMs: ms >> 1 },
      ...{ inTime: at % 3 > 0, first: true, last: true },
    };
  });
  await (hub.app.get('facts') as Model<Fact>).insertMany(facts);
  const told = { subject: 'The weather', customerName: 'Joan', priority: 'normal' };
  await hub.platform.connection
    .collection('tickets')
    .insertMany(
      facts.map(({ ticketId }, at) => ({ ...told, _id: ticketId as never, number: at + 1, openedBy: ticketId })),
    );
  await hub.app.get(KeepQuarters).note(facts);
  await hub.app.get(RollUp).run();
}, 60_000);
afterAll(() => hub.stop());

const read = (query: object) => admin.call('metrics.read', { query: { ...span, ...query } });
const told = (wanted: (fact: Fact) => boolean, clock: MetricClock) => {
  const cell = emptyCell();
  for (const fact of facts.filter(wanted)) addFact(cell, fact);
  return figuresOf(cell, clock);
};

it.each<[string, object, MetricClock, (fact: Fact) => string]>([
  ['queue', {}, 'calendar', ({ queueId }) => queueId],
  ['queue', { channel: 'sms' }, 'business', ({ queueId, channel }) => (channel === 'sms' ? queueId : '')],
  ['agent', {}, 'business', ({ agentId }) => agentId ?? ''],
  ['agent', { queueId: queues[1] }, 'calendar', ({ agentId, queueId }) => (queueId === queues[1] ? `${agentId}` : '')],
  ['channel', {}, 'calendar', ({ channel }) => channel ?? ''],
  ['tag', {}, 'calendar', ({ tags }) => tags[0] ?? ''],
])('by %s, of %j by the %s clock', async (by, filter, clock, keyOf) => {
  const { rows, total } = await read({ by, clock, ...filter });
  const keys = [...new Set(facts.map(keyOf))].filter((key) => key !== '');
  expect(rows.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
  for (const { key, figures } of rows) expect(figures).toEqual(told((fact) => keyOf(fact) === key, clock));
  if (by === 'queue') expect(total).toEqual(told((fact) => keyOf(fact) !== '', clock));
});

it.each(['day', 'week', 'month'] as const)('by %s', async (interval) => {
  const { rows } = await read({ interval });
  const keyOf = (at: Date) => DateTime.fromJSDate(at, { zone }).startOf(interval).toUTC().toISO();
  for (const { key, figures } of rows) expect(figures).toEqual(told(({ at }) => keyOf(at) === key, 'calendar'));
  expect(rows.length).toBeGreaterThan(3);
});

it.each<[object, (fact: Fact) => boolean]>([
  [{}, () => true],
  [{ channel: 'sms' }, ({ channel }) => channel === 'sms'],
  [{ agentId: agents[0] }, ({ agentId }) => agentId === agents[0]],
  [{ tag: 'wet', queueId: queues[0] }, ({ tags, queueId }) => tags.length > 0 && queueId === queues[0]],
])('by hour and weekday, of %j, and the same as a table', async (filter, wanted) => {
  const due = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const fact of facts.filter((one) => one.kind === 'opened' && wanted(one))) {
    const { weekday, hour } = DateTime.fromJSDate(fact.at, { zone });
    const day = due[weekday - 1] as number[];
    day[hour] = (day[hour] ?? 0) + 1;
  }
  const query = { ...span, ...filter };
  expect((await admin.call('metrics.heat', { query })).opened).toEqual(due);
  expect((await read(filter)).total.opened?.value).toBe(due.flat().reduce((sum, count) => sum + count));
  const answer = await admin.ask('metrics.heatCsv', { query });
  const [head, ...lines] = readCsv(await answer.text());
  expect(head?.[24]).toBe('23:00');
  expect(lines.map(([, ...counts]) => counts.map(Number))).toEqual(due);
});

it.each<[object, (fact: Fact) => boolean]>([
  [{}, () => true],
  [{ tag: 'wet', queueId: queues[0] }, ({ tags, queueId }) => tags.length > 0 && queueId === queues[0]],
])('opens each hour of the week to its very tickets, page by page, of %j', async (filter, wanted) => {
  const { opened } = await admin.call('metrics.heat', { query: { ...span, ...filter } });
  for (const [hourOfWeek, count] of opened.flat().entries()) {
    if (count === 0 && hourOfWeek > 0) continue;
    const ids: string[] = [];
    let page: { readonly cursor?: string } | null = {};
    while (page !== null) {
      const query: Call<Api['metrics.rows']>['query'] = {
        ...span,
        ...filter,
        metric: 'opened' as const,
        hourOfWeek,
        limit: 1,
        ...page,
      };
      const { items, next }: ReplyOf<Api['metrics.rows']> = await admin.call('metrics.rows', { query });
      ids.push(...items.map(({ id }) => id));
      page = next === null ? null : { cursor: next };
    }
    const due = facts.filter((fact) => {
      const { weekday, hour } = DateTime.fromJSDate(fact.at, { zone });
      return fact.kind === 'opened' && wanted(fact) && (weekday - 1) * 24 + hour === hourOfWeek;
    });
    expect([count, ids]).toEqual([due.length, due.map(({ _id }) => _id).toReversed()]);
  }
  expect(Math.max(...opened.flat())).toBeGreaterThan(1);
});

it('gives the rows of several kinds newest first, whole', async () => {
  const query = { ...span, metric: 'serviceLevel' as const, limit: 30 };
  const first = await admin.call('metrics.rows', { query });
  const then = await admin.call('metrics.rows', { query: { ...query, cursor: first.next ?? '' } });
  const due = facts.filter(({ kind }) => kind === 'first-response' || kind === 'abandoned');
  expect([...first.items, ...then.items].map(({ id }) => id)).toEqual(
    due
      .map(({ _id }) => _id)
      .toReversed()
      .slice(0, 60),
  );
});

it('finds a day or month that is not what its parts come to, and makes it anew', async () => {
  const check = () => admin.call('metrics.check', { body: span });
  expect(await check()).toMatchObject({ drift: 0 });
  const before = await read({ by: 'agent' });
  const rollups = hub.platform.connection.collection('rollups');
  const whole = { grain: 'month', part: 'agent', queueId: '*', start: { $gte: start.toJSDate() } };
  const month = await rollups.findOne(whole);
  await rollups.updateOne({ _id: month?._id }, { $set: { keys: month?.['keys'].toReversed() } });
  await rollups.deleteOne({ grain: 'day', part: 'queue' });
  expect((await read({ by: 'agent' })).rows).not.toEqual(before.rows);
  const found = await check();
  expect([found.drift, found.examples.map((words) => words.split(' ').slice(0, 4).join(' ')).toSorted()]).toEqual([
    2,
    ['sum of the day', 'sum of the month'],
  ]);
  expect(await read({ by: 'agent' })).toEqual({ ...before, asOf: expect.any(String) });
  expect(await check()).toMatchObject({ drift: 0 });
});

it('sums anew what an older version had summed', async () => {
  const before = await read({ by: 'queue' });
  const { connection } = hub.platform;
  const $unset = { keys: 1, counts: 1, plain: 1, calendar: 1, business: 1, heat: 1 };
  await connection.collection('rollups').updateMany({ grain: { $in: ['day', 'month'] } }, { $unset });
  await connection.collection('metricsfollowed').updateOne({ _id: 'zone' as never }, { $unset: { form: 1 } });
  expect((await read({ by: 'queue' })).rows).not.toEqual(before.rows);
  await hub.app.get(RollUp).run();
  expect((await read({ by: 'queue' })).rows).toEqual(before.rows);
});
