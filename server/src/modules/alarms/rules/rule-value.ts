import type { AlertMetric, AlertRuleSettings, FloorAgent, FloorQueue } from '@switchboard/contract';

export interface Seen {
  readonly queues: readonly FloorQueue[];
  readonly agents: readonly FloorAgent[];
}
type Value = (queues: readonly FloorQueue[], agents: readonly FloorAgent[], now: Date) => number | null;

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

const values: Record<AlertMetric, Value> = {
  waiting: (queues) => sum(queues.map(({ waiting }) => waiting)),
  unassigned: (queues) => sum(queues.map(({ unassigned }) => unassigned)),
  overdue: (queues) => sum(queues.map(({ overdue }) => overdue)),
  longestWait: (queues, _, now) =>
    Math.max(
      0,
      ...queues.flatMap(({ longestWaitSince: since }) =>
        since === null ? [] : [(now.getTime() - Date.parse(since)) / 1000],
      ),
    ),
  serviceLevel: (queues) => {
    const figures = queues.flatMap(({ now }) => (now?.serviceLevel.value == null ? [] : [now.serviceLevel]));
    const n = sum(figures.map((figure) => figure.n));
    return n === 0 ? null : sum(figures.map((figure) => (figure.value ?? 0) * figure.n)) / n;
  },
  // Who is in several queues is one person.
  agentsReady: (queues, agents) =>
    agents.filter(({ state, queueIds }) => state === 'ready' && queues.some(({ id }) => queueIds.includes(id))).length,
};

/** The figure that a rule is about; null: there is none. Pure. */
export function ruleValue(
  { metric, queueId }: Pick<AlertRuleSettings, 'metric' | 'queueId'>,
  seen: Seen,
  now: Date,
): number | null {
  const queues = seen.queues.filter(({ id }) => queueId === null || id === queueId);
  // Of a queue that is no more there is nothing to tell.
  return queues.length === 0 ? null : values[metric](queues, seen.agents, now);
}
