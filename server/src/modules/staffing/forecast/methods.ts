import { dayShapes } from './day-shape.ts';
import { dayTotals } from './day-totals.ts';
import { median, usualDays, weekdayOf, type Day } from './history.ts';

/** What is expected in each interval of a day to come. */
type Expect = (date: string) => number[];
export interface Method {
  readonly id: MethodId;
  /** Fewer days than this say nothing to it. */
  readonly fewestDays: number;
  fit(history: readonly Day[]): Expect;
}
export type MethodId = 'weekday-median' | 'level' | 'level-month';

const SAME_WEEKDAYS = 8;

/** All that are tried, the simplest first; the back-test of a queue says which is best there. */
export const methods: readonly Method[] = [
  { id: 'weekday-median', fewestDays: 14, fit: (history) => weekdayMedian(history) },
  { id: 'level', fewestDays: 14, fit: (history) => levelled(history, false) },
  // Two turns of the month, or one would be learnt by heart.
  { id: 'level-month', fewestDays: 56, fit: (history) => levelled(history, true) },
];

function weekdayMedian(history: readonly Day[]): Expect {
  const days = usualDays(history);
  const slots = history[0]?.counts.length ?? 0;
  return (date) => {
    const same = days.filter((day) => weekdayOf(day.date) === weekdayOf(date)).slice(-SAME_WEEKDAYS);
    return Array.from({ length: slots }, (_, slot) => median(same.map(({ counts }) => counts[slot] ?? 0)));
  };
}

function levelled(history: readonly Day[], month: boolean): Expect {
  const days = usualDays(history);
  const slots = history[0]?.counts.length ?? 0;
  const total = dayTotals(days, { month });
  const shape = dayShapes(days, slots);
  return (date) => {
    const expected = total(date);
    return shape(date).map((share) => share * expected);
  };
}
