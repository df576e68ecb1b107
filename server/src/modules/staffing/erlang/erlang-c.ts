import { erlangB } from './erlang-b.ts';
import { nothingComes, trafficOf, type Load, type Outcome } from './load.ts';
import { requirePositive, requireRange } from './numbers.ts';

/** Erlang C: the share of calls that wait, where everybody waits until answered. 1: the queue only grows. */
export function erlangC(traffic: number, agents: number): number {
  requireRange({ traffic }, 0);
  requireRange({ agents }, 0, 'whole');
  if (traffic === 0) return 0;
  if (traffic >= agents) return 1;
  const blocking = erlangB(traffic, agents);
  return blocking / (1 - (traffic / agents) * (1 - blocking));
}

interface Staffed extends Load {
  readonly agents: number;
  readonly answerWithinSeconds: number;
}

/** An interval with patient customers. With as much traffic as agents, or more, no wait is ever answered in time. */
export function erlangCOutcome({ agents, answerWithinSeconds, ...load }: Staffed): Outcome {
  requireRange({ answerWithinSeconds }, 0);
  const traffic = trafficOf(load);
  return outcomeAt(traffic, agents, load.ahtSeconds, answerWithinSeconds);
}

/** The same for a traffic that is known in erlangs. */
export function outcomeAt(traffic: number, agents: number, ahtSeconds: number, answerWithinSeconds: number): Outcome {
  requirePositive({ ahtSeconds });
  const waitProbability = erlangC(traffic, agents);
  if (traffic === 0) return nothingComes;
  const spare = agents - traffic;
  if (spare <= 0)
    return {
      ...{ serviceLevel: 0, waitProbability, abandonmentProbability: 0 },
      ...{ occupancy: agents === 0 ? 0 : 1, meanWaitSeconds: Infinity },
    };
  return {
    serviceLevel: 1 - waitProbability * Math.exp((-spare * answerWithinSeconds) / ahtSeconds),
    waitProbability,
    abandonmentProbability: 0,
    occupancy: traffic / agents,
    meanWaitSeconds: (waitProbability * ahtSeconds) / spare,
  };
}
