import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { BusMessage, Delivery, Subscription } from '../../server/src/platform/bus/index.ts';
import { openDatabaseJobs } from '../../server/src/platform/jobs/database/database-jobs.ts';
import { silentLog } from '../../server/src/platform/log/log.ts';
import { aDatabaseBusWorld, type BusWorld } from '../support/bus-worlds.ts';
import { eventually } from '../support/eventually.ts';
import { aGate } from '../support/gate.ts';

jest.setTimeout(60_000);

const aMessage = (fields: Partial<BusMessage> = {}): BusMessage => ({
  topic: 'ticket.opened',
  key: 'ticket-1',
  id: randomUUID(),
  payload: {},
  ...fields,
});
const aSubscription = (fields: Partial<Subscription>): Subscription => ({
  name: 'tickets',
  topics: ['ticket.#'],
  shards: 2,
  retryDelaysMs: [],
  handle: async () => {},
  ...fields,
});

describe('the bus in the database, beyond the contract', () => {
  let world: BusWorld;
  beforeEach(async () => {
    world = await aDatabaseBusWorld();
  });
  afterEach(() => world.close());

  it.each([
    [4, 2],
    [2, 4],
  ])('follows a release that changes topics, and shards from %i to %i', async (before, after) => {
    const old = await world.join();
    await old.subscribe(aSubscription({ shards: before, topics: ['ticket.#', 'call.*'] }));
    await old.close();
    const publisher = await world.join();
    const keys = Array.from({ length: 24 }, (_, n) => `key-${n}`);
    const waiting = keys.map((key) => aMessage({ key }));
    await publisher.publish(...waiting);
    const got: Delivery[] = [];
    const next = await world.join();
    const handle = async (delivery: Delivery) => void got.push(delivery);
    await next.subscribe(aSubscription({ shards: after, topics: ['ticket.#', 'queue.*'], handle }));
    const fresh = keys.map((key) => aMessage({ key, topic: 'queue.changed' }));
    await next.publish(aMessage({ topic: 'call.ended' }), ...fresh);
    const expected = [...waiting, ...fresh].map(({ id }) => id).sort();
    await eventually(() => expect(got.map(({ id }) => id).sort()).toEqual(expected));
  });

  it('keeps its lanes while a message takes longer than the lease', async () => {
    const [one, two] = [await world.join(), await world.join()];
    const gate = aGate();
    const started: string[] = [];
    const slow = async ({ id }: Delivery) => {
      started.push(id);
      await gate.opened;
    };
    await one.subscribe(aSubscription({ shards: 4, handle: slow }));
    const messages = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => aMessage({ key }));
    await one.publish(...messages);
    await eventually(() => expect(started.length).toBeGreaterThan(1));
    const before = [...started];
    await two.subscribe(aSubscription({ shards: 4, handle: async ({ id }) => void started.push(id) }));
    const workers = world.connection.model('BusWorker');
    const firstUntil = await newestLease();
    await eventually(async () => expect((await newestLease()) - firstUntil).toBeGreaterThan(5_000));
    expect(started.filter((id) => before.includes(id))).toEqual(before);
    gate.open();
    await eventually(() => expect([...started].sort()).toEqual(messages.map(({ id }) => id).sort()));

    async function newestLease(): Promise<number> {
      const [newest] = await workers.find<{ until: Date }>().sort({ until: -1 }).limit(1).lean<{ until: Date }[]>();
      return newest!.until.getTime();
    }
  });

  it('makes a dead letter of what was in work at the death of one process too many', async () => {
    const bus = await world.join();
    await bus.subscribe(aSubscription({ shards: 1 }));
    await bus.close();
    const publisher = await world.join();
    const [deadly, harmless] = [aMessage(), aMessage()];
    await publisher.publish(deadly, harmless);
    await world.connection.model('BusMessage').updateMany({}, { $set: { deaths: 19 } });
    await world.connection.model('BusLane').create({ _id: 'tickets/0', owner: 'a worker that died' });
    const got: string[] = [];
    await publisher.subscribe(aSubscription({ shards: 1, handle: async ({ id }) => void got.push(id) }));
    await eventually(() => expect(got).toEqual([harmless.id]));
    const [letter, ...others] = await publisher.deadLetters({ limit: 10 });
    expect(letter).toMatchObject({ message: deadly, reason: 'PoisonError: 20 processes died while it was in work' });
    expect(others).toEqual([]);
  });

  it('asks nothing that no index answers, and neither do the jobs', async () => {
    const [one, two] = [await world.join(), await world.join()];
    let failures = 0;
    const fail = async () => {
      if (failures++ < 3) throw new Error('again');
    };
    for (const bus of [one, two]) {
      await bus.listen('settings', () => {});
      await bus.subscribe(aSubscription({ retryDelaysMs: [20], handle: fail }));
    }
    await one.publish(...['a', 'b', 'c', 'd'].map((key) => aMessage({ key })));
    await one.broadcast('settings', {});
    await eventually(async () => expect(await two.depth()).toEqual({ tickets: 0 }));
    const jobs = await openDatabaseJobs(world.connection, silentLog);
    let ran = 0;
    jobs.handle('remind', async () => void ran++);
    jobs.every('sweep', 50, async () => void ran++);
    await jobs.start();
    await jobs.schedule({ name: 'remind', key: 'later', dueAt: new Date(Date.now() + 60_000), data: null });
    await jobs.schedule({ name: 'remind', key: 'now', dueAt: new Date(), data: null });
    await eventually(() => expect(ran).toBeGreaterThan(2));
    await jobs.cancel('remind', 'later');
    await jobs.close();
    expect(await scansOf(world)).toEqual([]);
  });
});

/** What the embedded server remembers of collection scans in this database; a MongoDB has no such command. */
async function scansOf({ connection, namespace }: BusWorld): Promise<unknown[]> {
  const admin = connection.getClient().db('admin');
  try {
    const { last } = await admin.command({ scanStats: 1 });
    return (last as { ns: string }[]).filter(({ ns }) => ns.startsWith(`${namespace}.`));
  } catch (error) {
    if ((error as { codeName?: string }).codeName === 'CommandNotFound') return [];
    throw error;
  }
}
