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

async function aPast(uri: string, today: DateTime, days: number): Promise<void> {
  const connection = await mongoose.createConnection(uri, { dbName: 'switchboard' }).asPromise();
  const rollups = connection.collection('rollups');
  const documents: object[] = [];
  const put = async (grain: Grain, queueId: string, start: DateTime, sums: Sums) => {
    documents.push(...stored({ grain, queueId, start: start.toJSDate() }, sums));
    if (documents.length >= AT_ONCE) await rollups.insertMany(documents.splice(0) as never);
  };
  const monthly = new Map<string, { queueId: string; start: DateTime; sums: Sums }>();
  const agents = Array.from({ length: 4 * QUEUES }, () => randomUUID());
  const queues = Array.from({ length: QUEUES }, () => randomUUID());
  const kinds = queues.map((queueId, at) =>
    Array.from({ length: DAY_KINDS }, () => aDay(queueId, agents.slice(4 * at, 4 * at + 4), today.toJSDate())),
  );
  for (let ago = days; ago > 0; ago -= 1) {
    const start = today.minus({ days: ago });
    const every = emptySums();
    for (const [at, queueId] of queues.entries()) {
      const sums = kinds[at]?.[ago % DAY_KINDS] as Sums;
      mergeSums(every, sums);
      await put('day', queueId, start, sums);
      addMonth(monthly, queueId, start, sums);
    }
    await put('day', EVERY_QUEUE, start, every);
    addMonth(monthly, EVERY_QUEUE, start, every);
  }
  for (const { queueId, start, sums } of monthly.values()) await put('month', queueId, start, sums);
  if (documents.length > 0) await rollups.insertMany(documents as never);
  await connection.close();
}

function addMonth(
  months: Map<string, { queueId: string; start: DateTime; sums: Sums }>,
  queueId: string,
  day: DateTime,
  sums: Sums,
): void {
  const start = day.startOf('month');
  const key = `${queueId}:${start.toISODate() ?? ''}`;
  const month = months.get(key) ?? { queueId, start, sums: emptySums() };
  mergeSums(month.sums, sums);
  months.set(key, month);
}

function aDay(queueId: string, agents: readonly string[], at: Date): Sums {
  const sums = emptySums();
  const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
  for (let count = 0; count < FACTS_A_DAY; count += 1) {
    const kind = any(['opened', 'assigned', 'first-response', 'next-response', 'resolved'] as const);
    const ms = Math.round(3_600_000 * Math.random() ** 3);
    const fact: Fact = {
      ...{ _id: '', kind, at, queueId, agentId: any(agents), channel: any(['sms', 'email', 'webchat'] as const) },
      ...{ tags: [any(['refund', 'delivery', 'broken'])], ticketId: '', customerId: '', ms, businessMs: ms / 2 },
      ...{ first: true, last: true, inTime: ms < 1_000_000 },
    };
    addToSums(sums, fact);
  }
  return sums;
}
