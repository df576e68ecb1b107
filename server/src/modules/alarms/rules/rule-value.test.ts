import { expect, it } from '@jest/globals';
import type { AlertMetric, FloorAgent, FloorQueue } from '@switchboard/contract';
import { ruleValue } from './rule-value.ts';

const now = new Date('2026-12-01T12:00:00Z');
const none = { value: null, n: 0 };
const queue = (id: string, difference: Partial<FloorQueue>): FloorQueue => ({
  ...{ id, name: id, open: 0, waiting: 0, longestWaitSince: null, unassigned: 0, overdue: 0, backlog: [0, 0, 0, 0, 0] },
  ...{ agents: { ready: 0, connected: 0 }, now: null, today: null },
  ...difference,
});
const level = (value: number, n: number): FloorQueue['now'] => ({
  ...{ asa: none, abandonment: none, firstResponse: none, aht: none },
  serviceLevel: { value, n },
});
const agent = (id: string, state: FloorAgent['state'], queueIds: string[]) =>
  ({ id, name: id, state, queueIds, used: 0, capacity: 5 }) as FloorAgent;

const seen = {
  queues: [
    queue('a', { waiting: 2, unassigned: 1, overdue: 1, longestWaitSince: '2026-12-01T11:58:00Z', now: level(90, 30) }),
    queue('b', { waiting: 3, longestWaitSince: '2026-12-01T11:59:00Z', now: level(50, 10) }),
    queue('c', {}),
  ],
  agents: [agent('x', 'ready', ['a', 'b']), agent('y', 'away', ['a']), agent('z', 'ready', [])],
};

it.each<[AlertMetric, string | null, number | null]>([
  ['waiting', 'a', 2],
  ['waiting', null, 5],
  ['unassigned', null, 1],
  ['overdue', 'b', 0],
  ['longestWait', 'b', 60],
  ['longestWait', null, 120],
  ['longestWait', 'c', 0],
  ['serviceLevel', 'a', 90],
  ['serviceLevel', null, 80],
  ['serviceLevel', 'c', null],
  ['agentsReady', 'a', 1],
  ['agentsReady', null, 1],
  ['agentsReady', 'c', 0],
  ['waiting', 'gone', null],
])('%s of %s is %s', (metric, queueId, value) => {
  expect(ruleValue({ metric, queueId }, seen, now)).toBe(value);
});
