import { ApiClient } from '../../support/api-client.ts';
import { aDatabase } from '../drivers/profiles.ts';
import { fullSpeed } from '../drivers/loops.ts';
import { SmsLoad } from '../drivers/sms-load.ts';
import { startHubSubject, type HubSubject } from '../drivers/start-hub.ts';
import { summarise } from '../drivers/summary.ts';
import { openPast, type Past } from '../drivers/past-tickets.ts';
import { ms, within, type Row } from '../report/row.ts';
import type { Scale } from './part.ts';

const GROWTH = 10;
const MOST_GROWTH = 1.5;

type Ask = (admin: ApiClient, past: Past) => Promise<unknown>;
const asks: { what: string; limitMs: number; ask: Ask }[] = [
  { what: 'ticket list, a page', limitMs: 50, ask: (admin) => admin.call('tickets.list', { query: { view: 'open' } }) },
  {
    what: 'ticket list of a queue',
    limitMs: 50,
    ask: (admin, past) => admin.call('tickets.list', { query: { view: 'resolved', queueId: past.queueId } }),
  },
  {
    what: 'open a ticket',
    limitMs: 50,
    ask: (admin, past) => admin.call('tickets.read', { params: { id: past.aTicketId() } }),
  },
  {
    what: 'a customer’s history',
    limitMs: 50,
    ask: (admin, past) => admin.call('tickets.list', { query: { view: 'all', customerId: past.aCustomerId() } }),
  },
  {
    what: 'search by two words',
    limitMs: 300,
    ask: (admin, past) => admin.call('search', { query: { q: `${past.aName()} ${past.commonWord}` } }),
  },
  {
    what: 'search by a word of every ticket',
    limitMs: 300,
    ask: (admin, past) => admin.call('search', { query: { q: past.commonWord } }),
  },
];

/** The same questions, and the same work, on a centre's past and on one ten times as long. */
export async function measureData({ small, until }: Scale): Promise<Row[]> {
  const database = await aDatabase('fast');
  const hub = await startHubSubject({ MONGODB_URI: database.uri }, database.pids);
  const load = new SmsLoad(hub);
  try {
    const past = await openPast(database.uri, hub.hub.admin);
    const few = small ? 1_000 : 10_000;
    const began = performance.now();
    const before = await grown(few);
    const times = mostTimes(performance.now() - began, until - performance.now());
    const after = await grown(few * times);
    const scans = await past.scans();
    await past.close();
    return rowsOf(few * times, times, before, after, scans);

    async function grown(tickets: number) {
      await past.growTo(tickets);
      const times = await timesOf(hub, past, small ? 50 : 200);
      await fullSpeed(hub, load, small ? 2_000 : 5_000);
      const { cpuMsPerMessage } = await fullSpeed(hub, load, small ? 2_000 : 4_000);
      return { times, cpu: cpuMsPerMessage };
    }
  } finally {
    await load.close();
    await hub.stop();
    await database.remove();
  }
}

/** As much more as there is time for. */
const mostTimes = (tookMs: number, leftMs: number): number =>
  Math.max(2, Math.min(GROWTH, Math.floor(leftMs / tookMs)));

async function timesOf({ hub: { admin } }: HubSubject, past: Past, times: number) {
  const answers = [];
  for (const { what, limitMs, ask } of asks) {
    const each: number[] = [];
    for (let time = 0; time < times; time += 1) {
      const started = performance.now();
      await ask(admin, past);
      each.push(performance.now() - started);
    }
    answers.push({ what, limitMs, ...summarise(each) });
  }
  return answers;
}

interface Measured {
  times: Awaited<ReturnType<typeof timesOf>>;
  cpu: number;
}

function rowsOf(tickets: number, times: number, before: Measured, after: Measured, scans: number): Row[] {
  const size = `${tickets.toLocaleString('en')} tickets, ${(tickets * 10).toLocaleString('en')} messages`;
  const growth = (what: string, small: number, large: number): Row => ({
    what: `${what}, ${times} times the data`,
    measured: ms(large),
    floor: ms(small),
    ratio: large / small,
    goal: `≤ ${MOST_GROWTH}×`,
    met: large / small <= MOST_GROWTH,
  });
  return [
    ...after.times.map(({ what, limitMs, p99 }) => within(`${what} p99, ${size}`, p99, limitMs)),
    ...after.times.map(({ what, p50 }, at) => growth(`${what} p50`, before.times[at]?.p50 ?? Number.NaN, p50)),
    growth('processor time per message', before.cpu, after.cpu),
    { what: 'collections read whole', measured: String(scans), goal: 'none', met: scans === 0 },
  ];
}
