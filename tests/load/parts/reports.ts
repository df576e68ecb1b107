import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import mongoose from 'mongoose';
import type { Fact } from '../../../server/src/modules/metrics/facts/fact.schema.ts';
import { EVERY_QUEUE, stored, type Grain } from '../../../server/src/modules/metrics/rollups/rollup.schema.ts';
import { addToSums, emptySums, mergeSums, type Sums } from '../../../server/src/modules/metrics/rollups/sums.ts';
import { aDatabase } from '../drivers/profiles.ts';
import { startHubSubject } from '../drivers/start-hub.ts';
import { summarise } from '../drivers/summary.ts';
import { within, type Row } from '../report/row.ts';
import type { Scale } from './part.ts';

const LONGEST_MS = 300;
const QUEUES = 50;
const DAYS = 730;
const FACTS_A_DAY = 40;
/** So many different days each queue has. */
const DAY_KINDS = 10;
const AGENTS_A_QUEUE = 4;
/** More than a month has. */
const END_DAYS = 32;
const AT_ONCE = 200;
const ASKED = 10;

/** Two years of fifty queues, as the metric engine keeps them; the sums are of made-up facts, not of tickets. */
export async function measureReports({ small }: Scale): Promise<Row[]> {
  const database = await aDatabase('fast');
  const subject = await startHubSubject({ MONGODB_URI: database.uri }, database.pids);
  const { admin } = subject.hub;
  try {
    const zone = (await admin.call('organisation.read', {})).timeZone;
    const today = DateTime.now().setZone(zone).startOf('day');
    const days = small ? 120 : DAYS;
    await aPast(database.uri, today, days);
    const query = { from: iso(today.minus({ days })), to: iso(today) };
    const took = async (more: object): Promise<number> => {
      const began = performance.now();
      await admin.call('metrics.read', { query: { ...query, ...more } });
      return performance.now() - began;
    };
    const rows: Row[] = [];
    for (const [what, more] of Object.entries(asked)) {
      const times: number[] = [];
      for (let time = 0; time < ASKED; time += 1) times.push(await took(more));
      rows.push(
        within(`${days} days of ${QUEUES} queues ${what}, longest of ${ASKED}`, summarise(times).max, LONGEST_MS),
      );
    }
    return rows;
  } finally {
    await subject.stop();
    await database.remove();
  }
}

const asked = {
  'by queue': { by: 'queue' },
  'by agent': { by: 'agent' },
  'by day': { interval: 'day' },
  'by month, of one channel': { interval: 'month', channel: 'sms' },
} as const;

const iso = (at: DateTime): string => at.toUTC().toISO() ?? '';

/** What a report reads of such a past: all months, all days of all queues together, each queue's days at the ends. */
async function aPast(uri: string, today: DateTime, days: number): Promise<void> {
  const connection = await mongoose.createConnection(uri, { dbName: 'switchboard' }).asPromise();
  const rollups = connection.collection('rollups');
  const documents: object[] = [];
  const put = async (grain: Grain, queueId: string, start: DateTime, sums: Sums) => {
    documents.push(...stored({ grain, queueId, start: start.toJSDate() }, sums));
    if (documents.length >= AT_ONCE) await rollups.insertMany(documents.splice(0) as never);
  };
  const queues = new Map<string, Sums[]>(
    Array.from({ length: QUEUES }, () => {
      const [id, agents] = [randomUUID(), Array.from({ length: AGENTS_A_QUEUE }, () => randomUUID())];
      return [id, Array.from({ length: DAY_KINDS }, () => aDay(id, agents, today.toJSDate()))];
    }),
  );
  const each = [...queues];
  const ofKind = (kind: number): Sums => {
    const sums = merged(each.map(([, kinds]) => kinds[kind] as Sums));
    for (const [id, kinds] of each) sums.queue[id] = (kinds[kind] as Sums).all;
    return sums;
  };
  queues.set(
    EVERY_QUEUE,
    Array.from({ length: DAY_KINDS }, (_, kind) => ofKind(kind)),
  );
  const first = today.minus({ days });
  for (const [queueId, kinds] of queues) {
    for (let day = first; day < today; day = day.plus({ days: 1 }))
      if (queueId === EVERY_QUEUE || day < first.plus({ days: END_DAYS }) || day > today.minus({ days: END_DAYS }))
        await put('day', queueId, day, kinds[day.ordinal % DAY_KINDS] as Sums);
    const month = merged(Array.from({ length: 30 }, (_, day) => kinds[day % DAY_KINDS] as Sums));
    for (let start = first.startOf('month'); start < today; start = start.plus({ months: 1 }))
      await put('month', queueId, start, month);
  }
  if (documents.length > 0) await rollups.insertMany(documents as never);
  await connection.close();
}

function merged(all: readonly Sums[]): Sums {
  const sums = emptySums();
  for (const one of all) mergeSums(sums, one);
  return sums;
}

function aDay(queueId: string, agents: readonly string[], at: Date): Sums {
  const sums = emptySums();
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
  for (let count = 0; count < FACTS_A_DAY; count += 1) {
    const kind = oneOf(['opened', 'assigned', 'first-response', 'next-response', 'resolved'] as const);
    const ms = Math.round(3_600_000 * Math.random() ** 3);
    const fact: Fact = {
      ...{ _id: '', kind, at, queueId, agentId: oneOf(agents), channel: oneOf(['sms', 'email', 'webchat'] as const) },
      ...{ tags: [oneOf(['refund', 'delivery', 'broken'])], ticketId: '', customerId: '', ms, businessMs: ms / 2 },
      ...{ first: true, last: true, inTime: ms < 1_000_000 },
    };
    addToSums(sums, fact);
  }
  return sums;
}
