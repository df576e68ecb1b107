import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PlayedDay } from '../support/routing/played-day.ts';
import { RoutingWorld, routingOf } from '../support/routing/routing-world.ts';

/** How often everybody is asked whether they could have what waits: that takes longer than all the rest. */
const LOOK_EVERY = 16;

it('holds through a whole day: nobody above their room, nothing twice, nothing waits beside who is free, the oldest first', async () => {
  let [given, offered] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const day = new PlayedDay({ seed, agents: 13, customers: 220 });
      const { world } = day;
      let looks = 0;
      await day.play(async (since) => {
        expect(world.trouble()).toBeNull();
        expect(await world.outOfOrder(since)).toBeNull();
        looks += 1;
        if (looks % LOOK_EVERY !== 0) return;
        world.sweeps();
        await world.settles();
        expect(await world.idleBeside()).toBeNull();
      });
      given += world.gifts.length;
      offered += world.offers.documents.size;
    }),
    { numRuns: 1, endOnFailure: true },
  );
  // A day in which little happens would prove little.
  expect(given).toBeGreaterThan(120);
  expect(offered).toBeGreaterThan(20);
}, 60_000);

it('gives out all that is more pressing first, however much of it there is', async () => {
  const agent = { id: 'ada', queueIds: ['texts'], skills: [], capacity: 3.5, pausedChannels: [], isThere: false };
  const world = new RoutingWorld({
    ...{ queues: [{ id: 'texts', routing: routingOf({}) }], desks: [{ ...agent, state: 'ready' }] },
    ...{ deciders: 1, seed: 1, at: new Date('2026-03-02T10:00:00Z') },
  });
  const low = world.arrives('texts', 'sms', 'low');
  await world.passes(1000);
  for (let more = 7; more > 0; more -= 1) world.arrives('texts', 'sms');
  world.changes('ada', { isThere: true });
  await world.settles();
  expect(world.waiting.map(({ _id }) => _id)).toEqual([low._id]);
});
