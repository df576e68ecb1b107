import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { aGate } from '../support/gate.ts';
import {
  aMemoryPresenceWorld,
  aRedisPresenceWorld,
  type PresenceWorld,
  type RedisPresenceWorld,
} from '../support/presence-worlds.ts';
import { describeWith, redisUrl } from '../support/services/index.ts';

jest.setTimeout(60_000);

const adapters: { adapter: string; open: () => Promise<PresenceWorld>; needs: Record<string, string | null> }[] = [
  { adapter: 'memory', open: aMemoryPresenceWorld, needs: {} },
  { adapter: 'Redis', open: aRedisPresenceWorld, needs: { Redis: redisUrl() } },
];

for (const { adapter, open, needs } of adapters) {
  describeWith(needs)(`presence in ${adapter}`, () => {
    let world: PresenceWorld;
    beforeEach(async () => {
      world = await open();
    });
    afterEach(() => world.close());

    describe('members', () => {
      it('are there for as long as one of their connections is', async () => {
        const [one, two] = [await world.join(), await world.join()];
        await one.enter('ticket:1', 'ada', 'phone', 60_000);
        await two.enter('ticket:1', 'ada', 'desk', 60_000);
        await two.enter('ticket:1', 'bob "b"', 'desk', 60_000);
        await two.enter('ticket:2', 'cleo', 'desk', 60_000);
        expect((await one.members('ticket:1')).sort()).toEqual(['ada', 'bob "b"']);
        await one.leave('ticket:1', 'ada', 'phone');
        expect((await two.members('ticket:1')).sort()).toEqual(['ada', 'bob "b"']);
        await one.leave('ticket:1', 'ada', 'desk');
        await one.leave('ticket:1', 'nobody', 'desk');
        expect(await two.members('ticket:1')).toEqual(['bob "b"']);
        expect(await two.members('nowhere')).toEqual([]);
      });

      it('are gone when their time runs out, unless they enter again', async () => {
        const presence = await world.join();
        await presence.enter('room', 'silent', 'c1', 400);
        await presence.enter('room', 'there', 'c2', 400);
        await eventually(async () => {
          await presence.enter('room', 'there', 'c2', 400);
          expect(await presence.members('room')).toEqual(['there']);
        });
        await eventually(async () => expect(await presence.members('room')).toEqual([]));
      });
    });

    describe('a lease', () => {
      it('has one holder, until it is released', async () => {
        const [one, two] = [await world.join(), await world.join()];
        const lease = await one.lease('mailbox', 5_000);
        expect(lease?.signal.aborted).toBe(false);
        expect(await two.lease('mailbox', 5_000)).toBeNull();
        expect(await one.lease('mailbox', 5_000)).toBeNull();
        expect(await two.lease('other', 5_000)).not.toBeNull();
        await lease?.release();
        expect(lease?.signal.aborted).toBe(true);
        const next = await two.lease('mailbox', 5_000);
        expect(next).not.toBeNull();
        await lease?.release();
        expect(next?.signal.aborted).toBe(false);
        expect(await one.lease('mailbox', 5_000)).toBeNull();
      });

      it('is held far beyond its time', async () => {
        const [one, two] = [await world.join(), await world.join()];
        // Long enough to be renewed in time on a machine that is busy with other tests.
        const lease = await one.lease('mailbox', 1_500);
        const clock = await world.join();
        await clock.enter('clock', 'tick', 'tock', 5_000);
        await eventually(async () => {
          expect(await two.lease('mailbox', 1_500)).toBeNull();
          expect(await clock.members('clock')).toEqual([]);
        });
        expect(lease?.signal.aborted).toBe(false);
      });

      it('is aborted and free again when its process closes', async () => {
        const presence = await world.join();
        const lease = await presence.lease('mailbox', 5_000);
        await presence.close();
        expect(lease?.signal.aborted).toBe(true);
      });
    });

    describe('exclusive work', () => {
      it('is alone among all processes', async () => {
        const processes = [await world.join(), await world.join(), await world.join()];
        let inside = 0;
        let most = 0;
        let done = 0;
        const turns = Array.from({ length: 45 }, (_, n) =>
          processes[n % 3]!.exclusive('ticket:1', 30_000, async () => {
            most = Math.max(most, ++inside);
            await new Promise((resolve) => setTimeout(resolve, 1));
            inside--;
            return ++done;
          }),
        );
        expect(new Set(await Promise.all(turns)).size).toBe(45);
        expect(most).toBe(1);
      });

      it('waits no longer than told, hands on errors, and is free after them', async () => {
        const [one, two] = [await world.join(), await world.join()];
        const gate = aGate();
        const holding = one.exclusive('ticket:1', 1_000, () => gate.opened);
        await expect(two.exclusive('ticket:1', 100, async () => 'too early')).rejects.toThrow('not free');
        expect(await two.exclusive('ticket:2', 100, async () => 'another name')).toBe('another name');
        gate.open();
        await holding;
        const failing = one.exclusive('ticket:1', 1_000, () => Promise.reject(new Error('mine')));
        await expect(failing).rejects.toThrow('mine');
        expect(await two.exclusive('ticket:1', 1_000, async () => 'free')).toBe('free');
      });
    });

    describe('a rate limit', () => {
      it('lets so many pass per window, counts per bucket, and says how long to wait', async () => {
        const [one, two] = [await world.join(), await world.join()];
        const answers = [];
        for (const presence of [one, two, one, two, one]) answers.push(await presence.take('sign-in', 3, 5_000));
        expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, false, false]);
        const refused = answers[4]!;
        expect(refused).toEqual({ ok: false, retryAfterMs: expect.any(Number) });
        expect(refused.ok || refused.retryAfterMs).toBeGreaterThan(0);
        expect(refused.ok || refused.retryAfterMs).toBeLessThanOrEqual(5_000);
        expect(await one.take('other', 3, 5_000)).toEqual({ ok: true });
        await eventually(async () => expect(await two.take('sign-in', 3, 5_000)).toEqual({ ok: true }));
        expect(await one.take('closed', 0, 5_000)).toEqual({ ok: false, retryAfterMs: expect.any(Number) });
      });

      it('slides: no window, wherever it begins, has more than the limit', async () => {
        const presence = await world.join();
        const passed: { asked: number; answered: number }[] = [];
        await eventually(async () => {
          const asked = Date.now();
          const { ok } = await presence.take('api', 5, 300);
          if (ok) passed.push({ asked, answered: Date.now() });
          expect(passed.length).toBeGreaterThanOrEqual(20);
        });
        const spans = passed.slice(5).map(({ answered }, index) => answered - passed[index]!.asked);
        expect(Math.min(...spans)).toBeGreaterThanOrEqual(299); // clocks are read in whole milliseconds
      });
    });

    it('says that it is healthy', async () => {
      const presence = await world.join();
      expect(await presence.healthy()).toEqual({ ok: true, detail: expect.any(String) });
    });
  });
}

describeWith({ Redis: redisUrl() })('presence in Redis, when Redis fails', () => {
  let world: RedisPresenceWorld;
  beforeEach(async () => {
    world = await aRedisPresenceWorld();
  });
  afterEach(() => world.close());

  const aborted = (signal: AbortSignal) => eventually(() => expect(signal.aborted).toBe(true));

  it('tells the holder of a lease in time when the connection is cut, and lets another take it', async () => {
    const { presence: victim, cut } = await world.joinByWire();
    const heir = await world.join();
    const lease = await victim.lease('mailbox', 600);
    cut();
    let freeAfterAbort = false;
    await eventually(async () => {
      const next = await heir.lease('mailbox', 600);
      expect(next).not.toBeNull();
      freeAfterAbort = lease!.signal.aborted;
    });
    expect(freeAfterAbort).toBe(true);
    expect((await victim.healthy()).ok).toBe(false);
  });

  it('tells the holder of a lease when Redis has forgotten it', async () => {
    const presence = await world.join();
    const lease = await presence.lease('mailbox', 600);
    await world.forget();
    await aborted(lease!.signal);
  });

  it('tells exclusive work that it is no longer alone', async () => {
    const presence = await world.join();
    const heard = presence.exclusive('ticket:1', 1_000, async (signal) => {
      await world.forget();
      await aborted(signal);
      return 'heard';
    });
    expect(await heard).toBe('heard');
  });
});
