import { expect, it } from '@jest/globals';
import { RoutingMethod, type ChannelKind } from '@switchboard/contract';
import fc from 'fast-check';
import { RoutingWorld, routingOf, type Desk } from '../support/routing/routing-world.ts';

/** Two processes that decide at once, as after a broken connection, on any order of their steps. */

const CHANNELS = ['webchat', 'sms', 'voice'] as const satisfies readonly ChannelKind[];
const ids = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}-${at}`);
const QUEUES = ids('queue', 2);
const AGENTS = ids('agent', 4);
const queue = fc.constantFrom(...QUEUES);
const agent = fc.constantFrom(...AGENTS);

const routing = fc.record({
  method: fc.constantFrom(...RoutingMethod.options),
  offers: fc.record(
    {
      webchat: fc.record({
        seconds: fc.constantFrom(5, 20),
        missed: fc.constantFrom('stay' as const, 'away' as const),
      }),
      voice: fc.record({ seconds: fc.constant(10), missed: fc.constant('away' as const) }),
    },
    { requiredKeys: [] },
  ),
});
const desks = fc.tuple(
  ...AGENTS.map((id) =>
    fc.record<Desk>({
      id: fc.constant(id),
      queueIds: fc.subarray(QUEUES, { minLength: 1 }),
      skills: fc.constant([]),
      capacity: fc.constantFrom(0.5, 1, 2, 3),
      state: fc.constantFrom('ready' as const, 'ready' as const, 'busy' as const),
      isThere: fc.boolean(),
      pausedChannels: fc.constant([]),
    }),
  ),
);
/** Something that is there, by any number. */
const some = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)];
const number = fc.nat(9);
/** What happens, and how often it is among what does. */
const steps = {
  arrives: { weight: 4, of: fc.tuple(queue, fc.constantFrom(...CHANNELS)) },
  answers: {
    weight: 3,
    of: fc.tuple(agent, fc.constantFrom('accept' as const, 'accept' as const, 'decline' as const)),
  },
  chooses: { weight: 2, of: fc.tuple(agent, fc.constantFrom('ready' as const, 'ready' as const, 'away' as const)) },
  leaves: { weight: 1, of: fc.tuple(agent) },
  resolves: { weight: 2, of: fc.tuple(agent, number) },
  transfers: { weight: 1, of: fc.tuple(agent, number, queue) },
  gives: { weight: 1, of: fc.tuple(agent, number) },
  passes: { weight: 2, of: fc.tuple(fc.constantFrom(1_000, 6_000, 31_000)) },
  sweeps: { weight: 1, of: fc.tuple() },
};
type Steps = typeof steps;
type Given<K extends keyof Steps> = Steps[K]['of'] extends fc.Arbitrary<infer T> ? T : never;
type Step = { [K in keyof Steps]: readonly [K, Given<K>] }[keyof Steps];
const step = fc.oneof(
  ...Object.entries(steps).map(([kind, { weight, of }]) => ({
    weight,
    arbitrary: (of as fc.Arbitrary<unknown>).map((given) => [kind, given] as unknown as Step),
  })),
);

const does: { [K in keyof Steps]: (world: RoutingWorld, given: Given<K>) => void | Promise<void> } = {
  arrives: (world, given) => void world.arrives(...given),
  answers: (world, given) => world.answers(...given),
  chooses: (world, [id, state]) => world.changes(id, { state, isThere: true }),
  leaves: (world, [id]) => world.changes(id, { isThere: false }),
  resolves(world, [id, at]) {
    const work = some(world.workOf(id), at);
    if (work) world.resolves(work._id);
  },
  transfers(world, [id, at, to]) {
    const work = some(world.workOf(id), at);
    if (work) world.transfers(work._id, to);
  },
  gives(world, [id, at]) {
    const ticket = some(world.waiting, at);
    if (ticket) world.gives(ticket._id, id);
  },
  passes: (world, [ms]) => world.passes(ms),
  sweeps: (world) => world.sweeps(),
};
const happens = (world: RoutingWorld, [kind, given]: Step) => does[kind](world, given as never);

it('give no ticket twice, ask no two at once, and give nobody more than there is room for', async () => {
  let offered = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(routing, routing),
      desks,
      fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 3, maxLength: 12 }),
      fc.integer(),
      async (routings, team, rounds, seed) => {
        const queues = QUEUES.map((id, at) => ({ id, routing: routingOf(routings[at] ?? {}) }));
        const world = new RoutingWorld({
          queues,
          desks: team,
          deciders: 2,
          seed,
          at: new Date('2026-03-02T10:00:00Z'),
        });
        for (const round of rounds) {
          // All at once: people answer and leave while both decide.
          await Promise.all([...round.map((one) => happens(world, one)), world.settles()]);
          await world.settles();
          expect(world.trouble()).toBeNull();
        }
        // In the end nobody is forgotten.
        world.sweeps();
        await world.settles();
        expect(world.trouble()).toBeNull();
        offered += world.offers.documents.size;
      },
    ),
    { numRuns: 200 },
  );
  expect(offered).toBeGreaterThan(100);
}, 60_000);
