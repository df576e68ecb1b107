import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Model } from 'mongoose';
import { RollUpArrivals } from '../../server/src/modules/staffing/arrivals/roll-up-arrivals.ts';
import { StaffingModule } from '../../server/src/modules/staffing/index.ts';
import type { Ticket } from '../../server/src/modules/tickets/index.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startModules, type Modules } from '../support/start-modules.ts';

/**
 * What comes is counted, forecast, and turned into people; the clock is moved by hand. It is ahead of the real one, by which
 * the database forgets sessions that are over. 2 March 2054 is a Monday.
 */
const MONDAY = '2054-03-02T00:00:00Z';
const DAY_MS = 86_400_000;
const QUARTER_MS = 15 * 60_000;
let now = new Date('2054-05-04T10:05:00Z');
let hub: Modules;
let admin: ApiClient;
let rollUp: RollUpArrivals;

beforeAll(async () => {
  hub = await startModules([StaffingModule], { clock: { now: () => now } });
  admin = await hub.administrator();
  await admin.call('organisation.update', { body: { timeZone: 'Africa/Lagos' } });
  rollUp = hub.app.get(RollUpArrivals);
});
afterAll(() => hub.stop());

const aQueue = async (name: string) => (await admin.call('queues.create', { body: { name } })).id;
const forecast = (id: string, query: { channel?: 'sms' | 'email'; intervalMinutes?: '15' | '30' } = {}) =>
  admin.call('staffing.forecast', { params: { id }, query });

/** Each half hour from eight to six o’clock by UTC has so many, half of them on Saturdays, none on Sundays. */
async function import_(id: string, weeks: number, perHalf: number, channel: 'sms' | 'email' = 'sms', from = 0) {
  const arrivals = Array.from({ length: weeks * 7 - from }, (_, day) => day + from).flatMap((day) =>
    Array.from({ length: 20 }, (_, half) => ({
      at: new Date(Date.parse(MONDAY) + day * DAY_MS + (16 + half) * 2 * QUARTER_MS).toISOString(),
      count: [1, 1, 1, 1, 1, 0.5, 0][day % 7]! * perHalf,
    })),
  );
  await admin.call('staffing.import', { params: { id }, body: { channel, arrivals } });
}

let opened = 0;
async function ticketsOpen(queueId: string, at: string, more: Partial<Ticket> = {}): Promise<string> {
  opened += 1;
  const _id = crypto.randomUUID();
  const ticket: Partial<Ticket> = {
    ...{ _id, number: opened, openedBy: `${_id}:m`, queueId, createdAt: new Date(at) },
    ...{ channel: 'email', channels: ['sms', 'email'] },
    ...more,
  };
  await hub.app.get<Model<Ticket>>('tickets').create(ticket);
  return _id;
}

describe('the forecast', () => {
  it('says how many days are missing, then what is to come and how far it was off', async () => {
    const id = await aQueue('New');
    expect(await forecast(id)).toMatchObject({ state: 'too-little', historyDays: 0, daysMore: 21, channels: [] });
    // The first day of UTC begins there at one o’clock: 16 whole days of 17.
    await import_(id, 9, 8, 'sms', 46);
    expect(await forecast(id)).toMatchObject({ state: 'too-little', historyDays: 16, daysMore: 5 });

    await import_(id, 9, 8);
    const found = await forecast(id);
    if (found.state !== 'ready') throw new Error(found.state);
    expect(found).toMatchObject({ channels: ['sms'], timeZone: 'Africa/Lagos', intervalMinutes: 30 });
    expect(found.days.map(({ date }) => date)).toEqual(
      Array.from({ length: 14 }, (_, day) =>
        new Date(Date.parse('2054-05-04') + day * DAY_MS).toISOString().slice(0, 10),
      ),
    );
    // 8:00 UTC is 9:00 there: interval 18 of half hours.
    const [monday] = found.days;
    expect(monday?.expected[18]).toBeCloseTo(8, 0);
    expect(monday?.expected[6]).toBeLessThan(0.5);
    expect(found.days[6]?.expected[18]).toBeCloseTo(0, 1);
    expect(found.error.days).toBeGreaterThan(20);
    expect(found.tried.map(({ method }) => method)).toContain(found.method);
    expect(found.past).toHaveLength(14);
  });

  it('counts a channel apart, and quarters of an hour', async () => {
    const id = await aQueue('Mixed');
    await import_(id, 9, 8, 'sms');
    await import_(id, 9, 4, 'email');
    const expected = async (channel?: 'sms' | 'email') => {
      const found = await forecast(id, { intervalMinutes: '15', ...(channel && { channel }) });
      return found.state === 'ready' ? (found.days[0]?.expected[40] ?? 0) : NaN;
    };
    expect(await expected('email')).toBeCloseTo(4, 0);
    expect(await expected()).toBeCloseTo((await expected('sms')) + (await expected('email')), 0);
  });
});

describe('the count of what came', () => {
  const counted = async (id: string, date: string) => {
    const known = await hub.app
      .get<Model<{ queueId: string; channel: string; day: string; counts: number[] }>>('arrivals')
      .find({ queueId: id, day: date })
      .lean();
    return known.map(({ channel, counts }) => [
      channel,
      counts.flatMap((count, at) => (count ? [[at / 4, count]] : [])),
    ]);
  };

  it('is of customers’ tickets, by the channel that they began on; twice it is the same, and follows them to another queue', async () => {
    const [from, to] = [await aQueue('From'), await aQueue('To')];
    await ticketsOpen(from, '2054-05-03T09:14:59Z');
    await ticketsOpen(from, '2054-05-03T09:15:00Z');
    await ticketsOpen(from, '2054-05-03T23:59:59Z', { channels: ['email'] });
    await ticketsOpen(from, '2054-05-03T09:16:00Z', { openedBy: 'start:by-an-agent' });
    await ticketsOpen(from, '2054-05-03T09:16:00Z', { openedBy: 'split:from-another' });
    const moved = await ticketsOpen(from, '2054-05-04T07:00:00Z');
    await Promise.all([rollUp.run(), rollUp.run()]);
    await rollUp.run();
    expect((await counted(from, '2054-05-03')).toSorted()).toEqual([
      ['email', [[23.75, 1]]],
      [
        'sms',
        [
          [9, 1],
          [9.25, 1],
        ],
      ],
    ]);
    expect(await counted(from, '2054-05-04')).toEqual([['sms', [[7, 1]]]]);
    await hub.app.get<Model<Ticket>>('tickets').updateOne({ _id: moved }, { queueId: to });
    await rollUp.run();
    expect(await counted(from, '2054-05-04')).toEqual([]);
    expect(await counted(to, '2054-05-04')).toEqual([['sms', [[7, 1]]]]);
  });

  it('goes on where it stopped, also after days without the hub', async () => {
    const id = await aQueue('Later');
    await ticketsOpen(id, '2054-05-06T12:00:00Z');
    now = new Date('2054-05-08T10:00:00Z');
    await rollUp.run();
    expect(await counted(id, '2054-05-06')).toEqual([['sms', [[12, 1]]]]);
    now = new Date('2054-05-04T10:05:00Z');
  });
});

describe('the staffing plan', () => {
  const calls = {
    date: '2054-05-05',
    work: 'calls',
    ahtSeconds: 300,
    serviceLevel: 0.8,
    answerWithinSeconds: 20,
  } as const;
  let id: string;
  beforeAll(async () => {
    id = await aQueue('Planned');
    await import_(id, 9, 12);
  });
  const plan = (more: object = {}) =>
    admin.call('staffing.plan', { params: { id }, body: { ...calls, patienceSeconds: 120, ...more } });

  it('needs people where work comes, and tells what one more from ten to twelve brings', async () => {
    const { intervals, day } = await plan({ shrinkage: 0.3 });
    const ten = intervals.find(({ from }) => from === '10:00');
    expect(ten?.needed).toBeGreaterThan(2);
    expect(ten?.neededOnRota).toBe(Math.ceil((ten?.needed ?? 0) / 0.7));
    expect(ten?.now.serviceLevel).toBeGreaterThanOrEqual(0.8);
    expect(day.now).toBe(day.then);

    const { changed, intervals: more } = await plan({ agents: 2, change: { agents: 1, from: '10:00', to: '12:00' } });
    expect(changed?.then).toBeGreaterThan((changed?.now ?? 1) + 0.1);
    const better = more.filter(({ now, then }) => then.serviceLevel > now.serviceLevel).map(({ from }) => from);
    expect(better).toEqual(['10:00', '10:30', '11:00', '11:30']);
  });

  it('has nobody at night where there are opening hours', async () => {
    const hours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:30' }));
    await admin.call('organisation.update', { body: { hours } });
    const { intervals } = await plan({ agents: 4 });
    const there = intervals.filter(({ agents }) => agents > 0).map(({ from }) => from);
    expect([there[0], there.at(-1)]).toEqual(['09:00', '17:00']);
    expect(intervals.filter(({ open }) => open)).toHaveLength(17);
  });

  it.each([
    ['a day that is past', { date: '2054-05-03' }, 400, 'not one of the 14 days'],
    ['a change that ends before it begins', { change: { agents: 1, from: '12:00', to: '10:00' } }, 400, 'ends before'],
    ['a quarter in half hours', { change: { agents: 1, from: '10:15', to: '11:00' } }, 400, 'intervals of 30 minutes'],
    ['no time', { ahtSeconds: 0 }, 400, 'ahtSeconds'],
  ])('refuses %s', async (_, body, status, words) => {
    const refused = await admin.refused('staffing.plan', { params: { id }, body: { ...calls, ...body } });
    expect(refused).toMatchObject({ status, message: expect.stringContaining(words) });
  });

  it('is for supervisors, of queues that exist, with a history', async () => {
    const empty = await aQueue('Empty');
    expect(await admin.refused('staffing.plan', { params: { id: empty }, body: calls })).toMatchObject({ status: 409 });
    const nowhere = { params: { id: crypto.randomUUID() } };
    expect(await admin.refused('staffing.forecast', nowhere)).toMatchObject({ status: 404 });
    const invited = await admin.call('invitations.create', { body: { email: 'joe@example.com', name: 'Joe' } });
    const joe = hub.browser();
    const token = invited.link.split('/').at(-1) ?? '';
    await joe.call('invitations.accept', {
      params: { token },
      body: { name: 'Joe', password: 'correct horse battery' },
    });
    expect(await joe.refused('staffing.forecast', { params: { id } })).toMatchObject({ status: 403 });
    expect(await joe.refused('staffing.plan', { params: { id }, body: calls })).toMatchObject({ status: 403 });
  });

  it('takes a history only by the quarter', async () => {
    const body = { channel: 'sms' as const, arrivals: [{ at: '2054-03-02T08:07:00Z', count: 1 }] };
    expect(await admin.refused('staffing.import', { params: { id }, body })).toMatchObject({ status: 400 });
  });
});

it('has walked an index for every query of this file', async () => {
  const { db, name } = hub.platform.connection;
  const stats = await db?.admin().command({ scanStats: 1 });
  const own = (stats?.['last'] as { ns: string }[]).filter(({ ns }) => ns.startsWith(`${name}.`));
  expect(own).toEqual([]);
});
