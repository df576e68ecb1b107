import { erlangAOutcome } from './erlang-a.ts';
import { erlangCOutcome } from './erlang-c.ts';
import { trafficOf, type Load, type Outcome } from './load.ts';
import { firstWhole, requireRange } from './numbers.ts';

export interface Work extends Load {
  /** Absent: nobody hangs up (Erlang C). */
  readonly patienceSeconds?: number | undefined;
  /** Chats that one agent has at a time; the handling time is that of one among so many. */
  readonly concurrency?: number | undefined;
}

export interface Goal {
  /** This share (0 to 1) … */
  readonly serviceLevel: number;
  /** … answered within this time. */
  readonly answerWithinSeconds: number;
  /** Nobody is busy for more than this share of the time. */
  readonly maxOccupancy?: number | undefined;
  /** The share of paid time that is not at work: breaks, training, illness. */
  readonly shrinkage?: number | undefined;
}

export interface Requirement extends Outcome {
  /** At work in the interval. */
  readonly agents: number;
  /** On the rota, so that this many are at work. */
  readonly agentsWithShrinkage: number;
}

/** How an interval goes with so many agents: each is as many servers as chats may be had at a time. */
export function outcomeWith(agents: number, work: Work, answerWithinSeconds: number): Outcome {
  const { patienceSeconds, concurrency = 1, ...load } = work;
  requireRange({ concurrency }, 1);
  const staffed = { ...load, agents: Math.floor(agents * concurrency), answerWithinSeconds };
  return patienceSeconds === undefined ? erlangCOutcome(staffed) : erlangAOutcome({ ...staffed, patienceSeconds });
}

/** The fewest agents that meet the goal. Where nothing comes, nobody. */
export function requiredAgents(work: Work, goal: Goal): Requirement {
  const { serviceLevel, answerWithinSeconds, maxOccupancy = 1, shrinkage = 0 } = goal;
  requireGoal(serviceLevel, maxOccupancy, shrinkage);
  const agents = firstWhole(
    (some) => {
      const outcome = outcomeWith(some, work, answerWithinSeconds);
      return outcome.serviceLevel >= serviceLevel && outcome.occupancy <= maxOccupancy + 1e-12;
    },
    trafficOf(work) > 0 ? 1 : 0,
  );
  return {
    agents,
    agentsWithShrinkage: withShrinkage(agents, shrinkage),
    ...outcomeWith(agents, work, answerWithinSeconds),
  };
}

/** Rounded up; what floating point adds to a whole number is not an agent. */
export const withShrinkage = (agents: number, shrinkage: number) =>
  Math.max(0, Math.ceil(agents / (1 - shrinkage) - 1e-9));

function requireGoal(serviceLevel: number, maxOccupancy: number, shrinkage: number): void {
  if (!(serviceLevel >= 0 && serviceLevel < 1))
    throw new RangeError(`serviceLevel must be from 0 up and less than 1, not ${serviceLevel}`);
  if (!(maxOccupancy > 0 && maxOccupancy <= 1))
    throw new RangeError(`maxOccupancy must be more than 0 and at most 1, not ${maxOccupancy}`);
  if (!(shrinkage >= 0 && shrinkage < 1))
    throw new RangeError(`shrinkage must be from 0 up and less than 1, not ${shrinkage}`);
}
