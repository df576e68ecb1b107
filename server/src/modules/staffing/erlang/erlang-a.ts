import { erlangB } from './erlang-b.ts';
import { outcomeAt } from './erlang-c.ts';
import { nobodyThere, nothingComes, trafficOf, type Load, type Outcome } from './load.ts';
import { requirePositive, requireRange } from './numbers.ts';

interface Staffed extends Load {
  readonly agents: number;
  readonly answerWithinSeconds: number;
  /** How long a customer waits on average before hanging up. Infinity: for ever. */
  readonly patienceSeconds: number;
}

/**
 * Erlang A (M/M/n+M): those who wait hang up, each after a patience of their own, so that every load has an answer.
 * Service level and waits are of all that come; to be answered in time one must not have hung up before.
 */
export function erlangAOutcome({ agents, answerWithinSeconds, patienceSeconds, ...load }: Staffed): Outcome {
  requireRange({ agents }, 0, 'whole');
  requireRange({ answerWithinSeconds }, 0);
  requirePositive({ patienceSeconds });
  const traffic = trafficOf(load);
  if (traffic === 0) return nothingComes;
  if (patienceSeconds === Infinity) return outcomeAt(traffic, agents, load.ahtSeconds, answerWithinSeconds);
  if (agents === 0) return { ...nobodyThere, abandonmentProbability: 1, meanWaitSeconds: patienceSeconds };
  const { ahtSeconds } = load;
  const queue = waitingLine(traffic, agents, {
    patience: patienceSeconds / ahtSeconds,
    within: answerWithinSeconds / ahtSeconds,
  });
  const hangUpsPerAht = (queue.length * ahtSeconds) / patienceSeconds;
  return {
    serviceLevel: 1 - queue.waits + queue.servedInTime,
    waitProbability: queue.waits,
    abandonmentProbability: hangUpsPerAht / traffic,
    occupancy: Math.min(1, (traffic - hangUpsPerAht) / agents),
    meanWaitSeconds: (queue.length / traffic) * ahtSeconds,
  };
}

/** Of terms that fall this far below what they are added to, no digit is left. */
const NOTHING = 1e-18;
/** Before they grow out of a double's range, all sums are scaled down together. */
const TOO_MUCH = 1e250;

/**
 * The states with j waiting, j = 0, 1, …; times in handling times. With c = agents * patience, the wait V behind j others
 * is a sum of exponentials with the rates (c + i) / patience, i = 0 … j, so that exp(-V / patience) is Beta(c, j + 1)
 * distributed: the chance to be served in time is E[exp(-V / patience); V <= within], an incomplete beta function,
 * of which each next j adds one positive term.
 */
function waitingLine(traffic: number, agents: number, { patience, within }: { patience: number; within: number }) {
  const c = agents * patience;
  const logLeft = -within / patience;
  const logGone = Math.log(-Math.expm1(logLeft));
  // The states below, in units of the one where all are busy and nobody waits.
  let notWaiting = 1 / erlangB(traffic, agents) - 1;
  if (notWaiting === Infinity) return { waits: 0, length: 0, servedInTime: 0 };
  let [state, waiting, length, served] = [1, 0, 0, 0];
  // I(exp(-within / patience); c + 1, j + 1), and the logarithm of what the next j adds to it.
  let late = Math.exp((c + 1) * logLeft);
  let logNext = Math.log(c + 1) + (c + 1) * logLeft + logGone;
  for (let j = 0; ; j++) {
    waiting += state;
    length += j * state;
    served += (state * c * Math.max(0, 1 - late)) / (c + j + 1);
    const next = (state * traffic * patience) / (c + j + 1);
    if (next < state && next * (j + 1) < NOTHING * (length + waiting)) break;
    late += Math.exp(logNext);
    logNext += logGone + Math.log((c + j + 2) / (j + 2));
    state = next;
    if (state > TOO_MUCH)
      [state, waiting, length, served, notWaiting] = scaled(state, waiting, length, served, notWaiting);
  }
  const all = notWaiting + waiting;
  return { waits: waiting / all, length: length / all, servedInTime: served / all };
}

const scaled = (unit: number, waiting: number, length: number, served: number, notWaiting: number) =>
  [1, waiting / unit, length / unit, served / unit, notWaiting / unit] as const;
