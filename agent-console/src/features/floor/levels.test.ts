import { expect, it } from '@jest/globals';
import type { FloorQueue } from '@switchboard/contract';
import { troublesOf, worst } from './levels.ts';

const figures = (value: number | null): FloorQueue['now'] => {
  const none = { value: null, n: 0 };
  return {
    serviceLevel: { value, n: value === null ? 0 : 10 },
    asa: none,
    abandonment: none,
    firstResponse: none,
    aht: none,
  };
};
const calm: FloorQueue = {
  ...{ id: 'q', name: 'Q', open: 3, waiting: 2, longestWaitSince: null, unassigned: 0, overdue: 0 },
  ...{ backlog: [3, 0, 0, 0, 0], agents: { ready: 1, connected: 1 }, now: null, today: null },
};

it.each<[string, Partial<FloorQueue>, string[], string]>([
  ['has work and people', {}, [], 'calm'],
  ['has nobody, and needs nobody', { agents: { ready: 0, connected: 0 } }, [], 'calm'],
  ['has nobody for its work', { unassigned: 1, agents: { ready: 0, connected: 2 } }, ['nobody'], 'critical'],
  ['is late', { overdue: 1 }, ['overdue'], 'critical'],
  ['has answered nothing yet', { now: figures(null) }, [], 'calm'],
  ['keeps its level', { now: figures(80) }, [], 'calm'],
  ['slips', { now: figures(79) }, ['service'], 'warning'],
  ['has slipped', { now: figures(59) }, ['service'], 'critical'],
  ['slips and is late', { now: figures(70), overdue: 2 }, ['overdue', 'service'], 'critical'],
])('a queue that %s', (_, difference, what, level) => {
  const queue = { ...calm, ...difference };
  expect(troublesOf(queue).map((trouble) => trouble.what)).toEqual(what);
  expect(worst(queue)).toBe(level);
});
