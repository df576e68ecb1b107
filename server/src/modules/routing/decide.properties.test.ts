import { expect, it } from '@jest/globals';
import {
  DEFAULT_CAPACITY,
  DEFAULT_QUEUE_ROUTING,
  RoutingMethod,
  type ChannelKind,
  type QueueRouting,
  type Skill,
} from '@switchboard/contract';
import fc from 'fast-check';
import { loadOf, noRoom, type Work } from './capacity.ts';
import { decide, type Candidate } from './decide.ts';
import { missingOf, needsAfter, preferredOf } from './skills.ts';

const { channels } = DEFAULT_CAPACITY;
const now = new Date('2026-03-02T10:00:00Z');
const skills = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('Spanish', 'Billing', 'Repairs'), level: fc.integer({ min: 1, max: 5 }) }),
  { selector: ({ name }) => name },
);
const queues = fc.record({
  method: fc.constantFrom(...RoutingMethod.options),
  required: skills,
  preferred: skills,
  relax: fc.array(
    fc.record({
      afterSeconds: fc.integer({ min: 1, max: 300 }),
      lowerBy: fc.option(fc.integer({ min: 1, max: 4 })),
    }),
    { maxLength: 3 },
  ),
});
const agents = fc.record({
  queue: fc.integer({ min: 0, max: 2 }),
  state: fc.constantFrom('ready' as const, 'ready' as const, 'ready' as const, 'busy' as const, 'offline' as const),
  pausedChannels: fc.subarray<ChannelKind>(['webchat', 'sms', 'email', 'voice'], { maxLength: 2 }),
  skills,
  capacity: fc.integer({ min: 0, max: 4 }),
});
const tickets = fc.record({
  queue: fc.integer({ min: 0, max: 2 }),
  channel: fc.constantFrom<ChannelKind>('webchat', 'sms', 'email', 'voice'),
  waited: fc.integer({ min: 0, max: 400 }),
});

interface Desk {
  id: string;
  queue: number;
  state: 'ready' | 'busy' | 'offline';
  pausedChannels: ChannelKind[];
  skills: Skill[];
  capacity: number;
  works: Work[];
}

it('gives each ticket to the best of those who may have it, and nobody more than there is room for', () => {
  fc.assert(
    fc.property(
      fc.array(queues, { minLength: 3, maxLength: 3 }),
      fc.array(agents, { maxLength: 12 }),
      fc.array(tickets, { maxLength: 60 }),
      (routings, team, waiting) => {
        const desks: Desk[] = team.map((agent, index) => ({ ...agent, id: `agent-${index}`, works: [] }));
        for (const [index, ticket] of waiting.entries()) place(`ticket-${index}`, ticket, routings, desks);
        for (const { works, capacity, queue, state } of desks) {
          const { used, exclusive } = loadOf(works, channels, now);
          if (!exclusive) expect(used).toBeLessThanOrEqual(capacity + 1e-6);
          if (exclusive) expect(works).toHaveLength(1);
          if (works.length > 0) expect(state).toBe('ready');
          expect(queue).toBeLessThan(3);
        }
      },
    ),
    { numRuns: 300 },
  );
});

function place(
  ticketId: string,
  { queue, channel, waited }: { queue: number; channel: ChannelKind; waited: number },
  routings: Partial<QueueRouting>[],
  desks: Desk[],
) {
  const routing = { ...DEFAULT_QUEUE_ROUTING, ...routings[queue] };
  const needs = needsAfter(routing, waited * 1000);
  const members = desks.filter((desk) => desk.queue === queue);
  const able = members.filter(
    ({ state, skills: own, pausedChannels, works, capacity }) =>
      state === 'ready' &&
      missingOf(own, needs) === null &&
      !pausedChannels.includes(channel) &&
      noRoom(loadOf(works, channels, now), capacity, channels[channel]) === null,
  );
  const candidates = members.map((desk): Candidate => {
    const agent = { id: desk.id, name: desk.id };
    if (desk.state !== 'ready') return { agent, state: desk.state };
    const load = loadOf(desk.works, channels, now);
    return {
      agent,
      state: 'ready',
      skills: desk.skills,
      pausedChannels: desk.pausedChannels,
      load,
      capacity: desk.capacity,
      givenAt: 0,
      idleSince: 0,
    };
  });
  const ask = { channel, weighs: channels[channel], method: routing.method, needs, lastAgentId: null, now };
  const { winner, candidates: judged } = decide(candidates, ask);
  expect(winner === null).toBe(able.length === 0);
  expect(judged.filter(({ removedBy }) => removedBy === null)).toHaveLength(able.length);
  const chosen = able.find(({ id }) => id === winner?.id);
  if (winner === null || chosen === undefined) return expect(winner).toBeNull();
  const most = Math.max(...able.map((desk) => preferredOf(desk.skills, needs)));
  expect(preferredOf(chosen.skills, needs)).toBe(most);
  chosen.works.push({ ticketId, channel, waitingSince: now, lastWordAt: now });
}
