import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PoisonError, type BusMessage, type Delivery, type Subscription } from '../../server/src/platform/bus/index.ts';
import { aDatabaseBusWorld, aRabbitBusWorld, type BusWorld } from '../support/bus-worlds.ts';
import { eventually } from '../support/eventually.ts';
import { aGate } from '../support/gate.ts';
import { describeWith, rabbitUrl } from '../support/services/index.ts';

jest.setTimeout(60_000);

const adapters: { adapter: string; open: () => Promise<BusWorld>; needs: Record<string, string | null> }[] = [
  { adapter: 'database', open: aDatabaseBusWorld, needs: {} },
  { adapter: 'RabbitMQ', open: aRabbitBusWorld, needs: { RabbitMQ: rabbitUrl() } },
];

const aMessage = (fields: Partial<BusMessage> = {}): BusMessage => ({
  topic: 'inbound.sms.received',
  key: 'thread-1',
  id: randomUUID(),
  payload: { text: 'hello' },
  ...fields,
});

const aSubscription = (fields: Partial<Subscription> & Pick<Subscription, 'handle'>): Subscription => ({
  name: 'tickets',
  topics: ['inbound.#'],
  shards: 3,
  retryDelaysMs: [],
  ...fields,
});

/** A handler that keeps what it got. */
function aRecorder(work: (delivery: Delivery) => Promise<void> = async () => {}) {
  const got: Delivery[] = [];
  const handle = async (delivery: Delivery) => {
    got.push(delivery);
    await work(delivery);
  };
  return { got, handle, ids: () => got.map(({ id }) => id) };
}

const numbers = (deliveries: readonly Delivery[], key: string) =>
  deliveries.filter((delivery) => delivery.key === key).map((delivery) => delivery.payload as number);

const never = () => new Promise<void>(() => {});

for (const { adapter, open, needs } of adapters) {
  describeWith(needs)(`the bus on ${adapter}`, () => {
    let world: BusWorld;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(() => world.close());

    describe('declared and not consumed yet', () => {
      it('keeps what is published until the first process works on it, however often it is declared', async () => {
        const api = await world.join();
        const [{ handle: _, ...declared }, { got, handle }] = [aSubscription(aRecorder()), aRecorder()];
        await Promise.all([api.declare(declared), api.declare(declared)]);
        const early = ['a', 'b', 'c'].map((key) => aMessage({ key }));
        await api.publish(...early);
        expect(await api.depth()).toEqual({ tickets: 3 });
        const worker = await world.join();
        await worker.declare(declared);
        await worker.subscribe({ ...declared, handle });
        await eventually(() => expect(got.map(({ id }) => id).sort()).toEqual(early.map(({ id }) => id).sort()));
      });

      it('takes nothing from a release with other topics and lanes', async () => {
        const { got, handle } = aRecorder();
        await (await world.join()).subscribe(aSubscription({ topics: ['inbound.#', 'call.*'], shards: 4, handle }));
        const old = await world.join();
        await old.declare({ name: 'tickets', topics: ['inbound.#', 'fax.*'], shards: 2, retryDelaysMs: [10] });
        const messages = ['inbound.sms.received', 'call.ended', 'fax.came'].map((topic) => aMessage({ topic }));
        await old.publish(...messages);
        await eventually(() =>
          expect(got.map(({ topic }) => topic).sort()).toEqual(messages.map(({ topic }) => topic).sort()),
        );
      });
    });

    describe('delivers', () => {
      it('what was published, whole, to each subscription whose topics match', async () => {
        const bus = await world.join();
        const [sms, all, other] = [aRecorder(), aRecorder(), aRecorder()];
        await bus.subscribe(
          aSubscription({ name: 'sms', topics: ['inbound.sms.*', 'inbound.sms.#'], handle: sms.handle }),
        );
        await bus.subscribe(aSubscription({ name: 'all', topics: ['#'], handle: all.handle }));
        await bus.subscribe(aSubscription({ name: 'other', topics: ['outbound.*'], handle: other.handle }));
        const message = aMessage({
          payload: { text: 'süß 🍯', 'a.b': [1, null, { $set: true }] },
          traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
        });
        const before = Date.now();
        await bus.publish(message);
        await eventually(() => expect([sms.got.length, all.got.length]).toEqual([1, 1]));
        expect(sms.got[0]).toEqual({ ...message, attempt: 1, publishedAt: expect.any(Date) });
        expect(sms.got[0]!.publishedAt.getTime()).toBeGreaterThanOrEqual(before - 1_000);
        expect(other.got).toEqual([]);
      });

      it('what was published while nobody listened, after all was closed and opened again', async () => {
        const first = await world.join();
        await first.subscribe(aSubscription({ handle: async () => {} }));
        await first.close();
        const publisher = await world.join();
        const messages = Array.from({ length: 50 }, (_, n) => aMessage({ key: `key-${n % 7}` }));
        await publisher.publish(...messages);
        await publisher.close();
        const later = await world.join();
        const recorder = aRecorder();
        await later.subscribe(aSubscription({ handle: recorder.handle }));
        await eventually(() => expect(recorder.ids().sort()).toEqual(messages.map(({ id }) => id).sort()));
      });

      it('400 messages of 20 keys over several lanes, each key in its order', async () => {
        const bus = await world.join();
        const recorder = aRecorder(() => new Promise((resolve) => setImmediate(resolve)));
        await bus.subscribe(aSubscription({ shards: 4, handle: recorder.handle }));
        const counts = Array.from({ length: 20 }, (_, n) => n);
        for (const n of counts) await bus.publish(...counts.map((key) => aMessage({ key: `key-${key}`, payload: n })));
        await eventually(() => expect(recorder.got).toHaveLength(400));
        for (const key of counts) expect(numbers(recorder.got, `key-${key}`)).toEqual(counts);
      });

      it('what waits in a backlog of several pages, each key in its order', async () => {
        const bus = await world.join();
        const gate = aGate();
        const recorder = aRecorder(() => gate.opened);
        await bus.subscribe(aSubscription({ shards: 2, handle: recorder.handle }));
        const messages = Array.from({ length: 700 }, (_, n) => aMessage({ key: `key-${n % 3}`, payload: n }));
        await bus.publish(...messages);
        gate.open();
        await eventually(() => expect(recorder.got).toHaveLength(700));
        for (const key of [0, 1, 2]) {
          const expected = messages.filter((message) => message.key === `key-${key}`).map(({ payload }) => payload);
          expect(numbers(recorder.got, `key-${key}`)).toEqual(expected);
        }
      });
    });

    describe('when a handler fails', () => {
      it('tries again after each delay, then keeps a dead letter with the reason', async () => {
        const bus = await world.join();
        const times: number[] = [];
        const recorder = aRecorder(async () => {
          times.push(Date.now());
          throw new Error('the database sleeps');
        });
        await bus.subscribe(aSubscription({ retryDelaysMs: [100, 400], handle: recorder.handle }));
        const message = aMessage();
        await bus.publish(message);
        const [letter] = await eventually(async () => {
          const letters = await bus.deadLetters({ limit: 10 });
          expect(letters).toHaveLength(1);
          return letters;
        });
        expect(letter).toEqual({
          id: expect.any(String),
          subscription: 'tickets',
          message,
          reason: 'Error: the database sleeps',
          attempts: 3,
          at: expect.any(Date),
          revision: 1,
        });
        expect(recorder.got.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
        expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(95);
        expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(395);
      });

      it('lets the other keys and the later messages of its lane pass', async () => {
        const bus = await world.join();
        const recorder = aRecorder(async ({ key }) => {
          if (key === 'bad') throw new Error('not this one');
        });
        await bus.subscribe(aSubscription({ shards: 1, retryDelaysMs: [60_000], handle: recorder.handle }));
        await bus.publish(aMessage({ key: 'bad' }));
        const good = Array.from({ length: 30 }, (_, n) => aMessage({ key: `good-${n}` }));
        await bus.publish(...good);
        await eventually(() => expect(recorder.ids()).toEqual(expect.arrayContaining(good.map(({ id }) => id))));
        await eventually(async () => expect(await bus.depth()).toEqual({ tickets: 1 }));
      });

      it('gives a poisoned message up at once', async () => {
        const bus = await world.join();
        const recorder = aRecorder(async () => {
          throw new PoisonError('no such kind');
        });
        await bus.subscribe(aSubscription({ retryDelaysMs: [10, 10], handle: recorder.handle }));
        await bus.publish(aMessage());
        await eventually(async () => expect(await bus.deadLetters({ limit: 10 })).toHaveLength(1));
        expect(recorder.got).toHaveLength(1);
        expect((await bus.deadLetters({ limit: 1 }))[0]).toMatchObject({
          reason: 'PoisonError: no such kind',
          attempts: 1,
        });
      });
    });

    describe('keeps dead letters', () => {
      it('newest first, page by page, to look at, replay and discard', async () => {
        const bus = await world.join();
        let mended = false;
        const recorder = aRecorder(async () => {
          if (!mended) throw new PoisonError('bug');
        });
        await bus.subscribe(aSubscription({ handle: recorder.handle }));
        const messages = [aMessage(), aMessage(), aMessage()];
        let told = 0;
        bus.onDeadLetter(() => (told += 1));
        for (const [index, message] of messages.entries()) {
          await bus.publish(message);
          await eventually(async () => expect(await bus.deadLetters({ limit: 10 })).toHaveLength(index + 1));
        }
        const newest = await bus.deadLetters({ limit: 2 });
        expect(newest.map(({ message }) => message.id)).toEqual([messages[2]!.id, messages[1]!.id]);
        const rest = await bus.deadLetters({ limit: 2, before: newest[1]!.id });
        expect(rest.map(({ message }) => message.id)).toEqual([messages[0]!.id]);

        expect(told).toBe(3);
        expect([await bus.countDeadLetters(10), await bus.countDeadLetters(2)]).toEqual([3, 2]);

        mended = true;
        expect(await bus.replay(newest[0]!.id)).toBe(true);
        await eventually(() => expect(recorder.got).toHaveLength(4));
        expect(recorder.got[3]).toMatchObject({ ...messages[2], attempt: 1 });
        expect(await bus.discard(newest[1]!.id)).toBe(true);
        expect(await bus.deadLetter(rest[0]!.id)).toMatchObject({ message: messages[0] });
        expect(await bus.deadLetter(newest[0]!.id)).toBeNull();
        expect(await bus.replay(newest[0]!.id)).toBe(false);
        expect(await bus.discard(newest[1]!.id)).toBe(false);
        expect(await bus.deadLetters({ limit: 10 })).toHaveLength(1);
        expect(await bus.replay(rest[0]!.id, { payload: 'mended' })).toBe(true);
        await eventually(() => expect(recorder.got).toHaveLength(5));
        expect(recorder.got[4]).toMatchObject({ ...messages[0], payload: 'mended', attempt: 1 });
      });

      it('also of a message that is given up again, however soon', async () => {
        const bus = await world.join();
        const recorder = aRecorder(() => Promise.reject(new PoisonError('bug')));
        await bus.subscribe(aSubscription({ handle: recorder.handle }));
        await bus.publish(aMessage());
        for (let replays = 1; replays <= 20; replays++) {
          const [letter] = await eventually(async () => {
            const letters = await bus.deadLetters({ limit: 10 });
            expect(letters).toHaveLength(1);
            return letters;
          });
          expect(await bus.replay(letter!.id)).toBe(true);
          await eventually(() => expect(recorder.got).toHaveLength(replays + 1));
        }
        await eventually(async () => expect(await bus.countDeadLetters(10)).toBe(1));
      });
    });

    describe('with several processes', () => {
      it('shares the work between those that subscribe, and loses no order when one comes', async () => {
        // So many that whoever the lanes fall to by their names, each process has some.
        const lanes = 32;
        const keys = Array.from({ length: 64 }, (_, n) => `key-${n}`);
        const [one, two] = [await world.join(), await world.join()];
        const together: Delivery[] = [];
        const handle = async (delivery: Delivery) => void together.push(delivery);
        const [first, second] = [aRecorder(handle), aRecorder(handle)];
        await one.subscribe(aSubscription({ shards: lanes, handle: first.handle }));
        let count = 0;
        const publishOne = () =>
          one.publish(...keys.map((key) => aMessage({ key, payload: count }))).then(() => count++);
        for (let n = 0; n < 10; n++) await publishOne();
        await two.subscribe(aSubscription({ shards: lanes, handle: second.handle }));
        await eventually(async () => {
          await publishOne();
          expect(new Set(second.got.map(({ key }) => key)).size).toBeGreaterThan(2);
        });
        await publishOne();
        await eventually(() => expect(new Set(together.map(({ id }) => id)).size).toBe(count * keys.length));
        for (const key of keys) {
          expect(firstTimes(together, key)).toEqual(Array.from({ length: count }, (_, n) => n));
        }
        expect(new Set(first.got.slice(-keys.length).map(({ key }) => key)).size).toBeGreaterThan(2);
      });

      it('gives the work of one that closes to the others, in order', async () => {
        const [one, two] = [await world.join(), await world.join()];
        const together: Delivery[] = [];
        const handle = async (delivery: Delivery) => void together.push(delivery);
        await one.subscribe(aSubscription({ shards: 4, handle }));
        await two.subscribe(aSubscription({ shards: 4, handle }));
        const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
        for (let n = 0; n < 40; n++) {
          if (n === 20) await one.close();
          await two.publish(...keys.map((key) => aMessage({ key, payload: n })));
        }
        await eventually(() => expect(new Set(together.map(({ id }) => id)).size).toBe(240));
        for (const key of keys) expect(firstTimes(together, key)).toEqual(Array.from({ length: 40 }, (_, n) => n));
      });

      it('delivers again what was in work when a connection broke', async () => {
        const { bus: victim, cut } = await world.joinByWire();
        const gate = aGate();
        const stuck = aRecorder(() => gate.opened);
        await victim.subscribe(aSubscription({ shards: 1, handle: stuck.handle }));
        const heir = await world.join();
        const message = aMessage();
        await heir.publish(message);
        await eventually(() => expect(stuck.ids()).toEqual([message.id]));
        cut();
        const recorder = aRecorder();
        await heir.subscribe(aSubscription({ shards: 1, handle: recorder.handle }));
        await eventually(() => expect(recorder.ids()).toEqual([message.id]));
        gate.open();
      });

      it('brings a broadcast to all that listen, and to their channel only', async () => {
        const [one, two] = [await world.join(), await world.join()];
        const heard: string[] = [];
        await one.listen('settings', (payload) => heard.push(`one ${JSON.stringify(payload)}`));
        await two.listen('settings', (payload) => heard.push(`two ${JSON.stringify(payload)}`));
        await two.listen('presence', (payload) => heard.push(`wrong ${JSON.stringify(payload)}`));
        await one.broadcast('settings', { changed: 'queue' });
        await eventually(() => expect(heard.sort()).toEqual(['one {"changed":"queue"}', 'two {"changed":"queue"}']));
      });
    });

    it('counts what waits and what is in work', async () => {
      const bus = await world.join();
      const gate = aGate();
      await bus.subscribe(aSubscription({ shards: 2, handle: () => gate.opened }));
      await bus.subscribe(aSubscription({ name: 'idle', topics: ['nothing'], handle: never }));
      await bus.publish(...Array.from({ length: 30 }, (_, n) => aMessage({ key: `key-${n}` })));
      await eventually(async () => expect(await bus.depth()).toEqual({ tickets: 30, idle: 0 }));
      gate.open();
      await eventually(async () => expect(await bus.depth()).toEqual({ tickets: 0, idle: 0 }));
    });

    it('finishes what is in work before it is closed, and takes no more', async () => {
      const bus = await world.join();
      const gate = aGate();
      const done: string[] = [];
      const recorder = aRecorder(async ({ id }) => {
        await gate.opened;
        await bus.publish(aMessage({ topic: 'ticket.opened' }));
        done.push(id);
      });
      await bus.subscribe(aSubscription({ shards: 1, handle: recorder.handle }));
      const messages = [aMessage(), aMessage()];
      await bus.publish(...messages);
      await eventually(() => expect(recorder.got).toHaveLength(1));
      const closed = bus.close();
      gate.open();
      await closed;
      expect(done).toEqual([messages[0]!.id]);
      const next = await world.join();
      const rest = aRecorder();
      await next.subscribe(aSubscription({ shards: 1, handle: rest.handle }));
      await eventually(() => expect(rest.ids()).toEqual([messages[1]!.id]));
    });

    it('publishes what others have in work while it closes', async () => {
      const bus = await world.join();
      const { handle: _, ...declared } = aSubscription(aRecorder());
      await bus.declare(declared);
      const gate = aGate();
      const message = aMessage();
      const closed = bus.close(gate.opened.then(() => bus.publish(message)));
      gate.open();
      await closed;
      const next = await world.join();
      const { handle, ids } = aRecorder();
      await next.subscribe({ ...declared, handle });
      await eventually(() => expect(ids()).toEqual([message.id]));
    });

    it('says that it is healthy', async () => {
      const bus = await world.join();
      expect(await bus.healthy()).toEqual({ ok: true, detail: expect.any(String) });
    });

    it('says that it is not while its server is out of reach', async () => {
      const { bus, cut } = await world.joinByWire();
      cut();
      await eventually(async () => expect((await bus.healthy()).ok).toBe(false));
    });

    it('refuses a second subscription of one name, and names that can not be queues', async () => {
      const bus = await world.join();
      await bus.subscribe(aSubscription({ handle: never }));
      await expect(bus.subscribe(aSubscription({ handle: never }))).rejects.toThrow('already');
      await expect(bus.subscribe(aSubscription({ name: 'Two words', handle: never }))).rejects.toThrow("can't name");
    });
  });
}

/** Redelivered messages are allowed; what counts is the order in which they came first. */
function firstTimes(deliveries: readonly Delivery[], key: string): number[] {
  return [...new Set(numbers(deliveries, key))];
}
