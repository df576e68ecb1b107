import type { Goal } from '../erlang/required-agents.ts';
import type { DayWork, Quality } from './day-work.ts';

/*
 * Messages wait without anybody at the other end: a queue is kept for hours, not seconds, so what counts is how much work
 * lies there, and not by which chance two come at once. The day begins with nothing left over, and what is left at its end is
 * gone on with as in its last interval.
 */

/** Enough to do the work of each interval evenly over the time in which it is to be answered. */
export function messagesNeed(arrivals: readonly number[], work: DayWork, goal: Goal): number[] {
  const { intervalSeconds, ahtSeconds } = work;
  const spread = Math.max(1, Math.floor(goal.answerWithinSeconds / intervalSeconds));
  const perAgent = intervalSeconds * (goal.maxOccupancy ?? 1);
  return arrivals.map((_, at) => {
    const lately = arrivals.slice(Math.max(0, at - spread + 1), at + 1).reduce((all, count) => all + count, 0);
    const agents = (lately * ahtSeconds) / spread / perAgent;
    return Math.max(0, Math.ceil(agents - 1e-9));
  });
}

/** First come, first served, as a flow: which share of an interval's messages is done in time, and how busy it keeps the agents. */
export function messagesInTime(
  arrivals: readonly number[],
  agents: readonly number[],
  { intervalSeconds, ahtSeconds }: DayWork,
  { answerWithinSeconds }: Goal,
): Quality[] {
  const come = arrivals.map((count) => count * ahtSeconds);
  const can = agents.map((some) => some * intervalSeconds);
  const done = workDone(come, can);
  const evening = can.at(-1) ?? 0;
  return arrivals.map((_, at) => {
    const before = sum(come.slice(0, at));
    const until = at + answerWithinSeconds / intervalSeconds;
    // Those who came at an interval's start must be done by `until`, those of its end an interval later.
    const inTime = doneBy(done, until + 0.5, evening) - before;
    return {
      serviceLevel: come[at] === 0 ? 1 : Math.min(1, Math.max(0, inTime / come[at]!)),
      occupancy: can[at] === 0 ? 0 : (done[at]! - (done[at - 1] ?? 0)) / can[at]!,
      abandonment: null,
    };
  });
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** All work done up to the end of each interval. */
function workDone(come: readonly number[], can: readonly number[]): number[] {
  let [came, done] = [0, 0];
  return come.map((work, at) => {
    came += work;
    done = Math.min(came, done + can[at]!);
    return done;
  });
}

/** Between two intervals' ends in proportion; after the day at its last pace. */
function doneBy(done: readonly number[], intervals: number, evening: number): number {
  const whole = Math.floor(intervals);
  const at = (end: number) => (end <= 0 ? 0 : (done[end - 1] ?? done.at(-1)! + (end - done.length) * evening));
  return at(whole) + (at(whole + 1) - at(whole)) * (intervals - whole);
}
