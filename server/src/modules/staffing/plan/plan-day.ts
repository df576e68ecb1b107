import type { Outcome } from '../erlang/load.ts';
import { outcomeWith, requiredAgents, withShrinkage, type Goal } from '../erlang/required-agents.ts';
import type { DayWork, Quality } from './day-work.ts';
import { messagesInTime, messagesNeed } from './messages.ts';

/** More or fewer agents in the intervals from one up to, and without, another. */
export interface Change {
  readonly agents: number;
  readonly from: number;
  readonly to: number;
}
export interface Staff {
  /** At work while it is open; left out: as many as are needed. */
  readonly agents?: number | undefined;
  readonly change?: Change | undefined;
  /** When somebody is there; left out: always. Calls and chats come only then, messages wait. */
  readonly open?: readonly boolean[] | undefined;
}
export interface PlannedInterval {
  readonly arrivals: number;
  /** For the goal, at work and on the rota. */
  readonly needed: number;
  readonly neededOnRota: number;
  /** At work. */
  readonly agents: number;
  readonly now: Quality;
  /** The same with the change. */
  readonly then: Quality & { readonly agents: number };
}
export interface Plan {
  readonly intervals: readonly PlannedInterval[];
  /** Weighted by what comes: the whole day, and the intervals of the change. */
  readonly day: Compared;
  readonly changed: Compared | null;
}
export interface Compared {
  readonly arrivals: number;
  readonly now: number;
  readonly then: number;
}

/** A mean arrival less often than in every twentieth such interval is no reason to sit there. */
const HARDLY_ANY = 0.05;

/** What each interval of a day needs, how it goes with the agents there are (as many as needed, if not said), and with a change. */
export function planDay(
  arrivals: readonly number[],
  work: DayWork,
  goal: Goal,
  { agents, change, open = arrivals.map(() => true) }: Staff,
): Plan {
  const places = [...open.keys()].filter((at) => open[at]);
  const come = work.kind === 'messages' ? keptUntilOpen(arrivals, open) : places.map((at) => arrivals[at]!);
  const needed = neededIn(come, work, goal);
  const now = needed.map((some) => agents ?? some);
  const then = now.map((some, at) => Math.max(0, some + (change && isIn(change, places[at]!) ? change.agents : 0)));
  const [before, after] = [qualities(come, now, work, goal), qualities(come, then, work, goal)];
  const intervals = arrivals.map(() => closed);
  places.forEach((place, at) => {
    intervals[place] = {
      arrivals: come[at]!,
      needed: needed[at]!,
      neededOnRota: withShrinkage(needed[at]!, goal.shrinkage ?? 0),
      agents: now[at]!,
      now: before[at]!,
      then: { agents: then[at]!, ...after[at]! },
    };
  });
  const inside = change === undefined ? [] : intervals.filter((_, at) => isIn(change, at));
  return { intervals, day: compared(intervals), changed: change === undefined ? null : compared(inside) };
}

const rest: Quality = { serviceLevel: 1, occupancy: 0, abandonment: null };
const closed: PlannedInterval = {
  ...{ arrivals: 0, needed: 0, neededOnRota: 0, agents: 0 },
  ...{ now: rest, then: { agents: 0, ...rest } },
};

/** By open intervals: what comes while nobody is there is work of the next one; of the last, of another day. */
function keptUntilOpen(arrivals: readonly number[], open: readonly boolean[]): number[] {
  const come: number[] = [];
  let kept = 0;
  arrivals.forEach((count, at) => {
    kept += count;
    if (!open[at]) return;
    come.push(kept);
    kept = 0;
  });
  return come;
}

const isIn = ({ from, to }: Change, at: number) => from <= at && at < to;

function neededIn(arrivals: readonly number[], work: DayWork, goal: Goal): number[] {
  if (work.kind === 'messages') return messagesNeed(arrivals, work, goal);
  return arrivals.map((calls) => (calls < HARDLY_ANY ? 0 : requiredAgents(loadOf(calls, work), goal).agents));
}

function qualities(arrivals: readonly number[], agents: readonly number[], work: DayWork, goal: Goal): Quality[] {
  if (work.kind === 'messages') return messagesInTime(arrivals, agents, work, goal);
  return arrivals.map((calls, at) => quality(outcomeWith(agents[at]!, loadOf(calls, work), goal.answerWithinSeconds)));
}

const loadOf = (calls: number, { intervalSeconds, ahtSeconds, patienceSeconds, concurrency }: DayWork) => ({
  ...{ calls, intervalSeconds, ahtSeconds, patienceSeconds, concurrency },
});
const quality = ({ serviceLevel, occupancy, abandonmentProbability }: Outcome): Quality => ({
  ...{ serviceLevel, occupancy, abandonment: abandonmentProbability },
});

function compared(intervals: readonly PlannedInterval[]): Compared {
  const arrivals = intervals.reduce((all, each) => all + each.arrivals, 0);
  const mean = (of: (each: PlannedInterval) => number) =>
    arrivals === 0 ? 1 : intervals.reduce((all, each) => all + of(each) * each.arrivals, 0) / arrivals;
  return { arrivals, now: mean(({ now }) => now.serviceLevel), then: mean(({ then }) => then.serviceLevel) };
}
