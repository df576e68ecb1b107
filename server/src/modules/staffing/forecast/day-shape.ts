import { sum, weekdayOf, type Day } from './history.ts';

/** A shape is learnt from so many same weekdays, and what all days share from as many weeks. */
const WEEKS = 12;
/** What is believed of a shape before a single arrival: so many arrivals in each interval, spread as all days are. */
const BELIEF = 5;
/** The same of what all days share, before anything is known at all. */
const FIRST_BELIEF = 0.1;
/** An interval's share is much like its neighbours'. */
const KERNEL = [1, 2, 3, 2, 1];

/** How a day's total spreads over its intervals; the shares sum up to 1. Busy queues show it, quiet ones borrow. */
export function dayShapes(history: readonly Day[], slots: number): (date: string) => readonly number[] {
  const all = shares(
    smoothed(added(history.slice(-7 * WEEKS), slots)),
    Array<number>(slots).fill(1 / slots),
    FIRST_BELIEF,
  );
  const shapes = Array.from({ length: 7 }, (_, weekday) => {
    const same = history.filter(({ date }) => weekdayOf(date) === weekday).slice(-WEEKS);
    return shares(added(same, slots), all, BELIEF);
  });
  return (date) => shapes[weekdayOf(date)]!;
}

const added = (days: readonly Day[], slots: number) =>
  Array.from({ length: slots }, (_, slot) => sum(days.map(({ counts }) => counts[slot] ?? 0)));

/** The counts' shares, mixed with what was believed before. */
function shares(counts: readonly number[], believed: readonly number[], perSlot: number): number[] {
  const belief = perSlot * counts.length;
  const total = sum(counts) + belief;
  return counts.map((count, slot) => (count + belief * believed[slot]!) / total);
}

function smoothed(counts: readonly number[]): number[] {
  const reach = (KERNEL.length - 1) / 2;
  return counts.map((_, slot) => {
    const near = KERNEL.map((weight, at) => ({ weight, count: counts[slot + at - reach] }));
    const known = near.filter(({ count }) => count !== undefined);
    return sum(known.map(({ weight, count }) => weight * count!)) / sum(known.map(({ weight }) => weight));
  });
}
