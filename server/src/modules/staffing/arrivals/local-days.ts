import { DateTime } from 'luxon';
import type { Day } from '../forecast/history.ts';

const QUARTERS = 96;
const QUARTER_MS = 15 * 60_000;
const DAY_MS = QUARTERS * QUARTER_MS;

/** What came on a day of UTC, by quarter of an hour. */
export interface UtcDay {
  readonly day: string;
  readonly counts: readonly number[];
}

/**
 * The same by days of a time zone, from the first day of which all is known to the last such day before `until`; a day on
 * which nothing came is one of zeros. The hour that an autumn night has twice counts for one, the missing one of spring has none.
 */
export function localDays(known: readonly UtcDay[], timeZone: string, until: Date): Day[] {
  const starts = known.map(({ day }) => Date.parse(`${day}T00:00:00Z`));
  if (starts.length === 0) return [];
  const first = DateTime.fromMillis(Math.min(...starts), { zone: timeZone });
  const days = new Map<string, number[]>();
  let day = first.equals(first.startOf('day')) ? first : first.startOf('day').plus({ days: 1 });
  for (; day.plus({ days: 1 }).toMillis() <= until.getTime(); day = day.plus({ days: 1 }))
    days.set(day.toISODate() ?? '', Array<number>(QUARTERS).fill(0));
  known.forEach(({ counts }, at) => addDay(days, counts, starts[at]!, timeZone));
  return [...days].map(([date, counts]) => ({ date, counts }));
}

function addDay(days: Map<string, number[]>, counts: readonly number[], start: number, timeZone: string): void {
  const offsetAt = (time: number) => DateTime.fromMillis(time, { zone: timeZone }).offset * 60_000;
  // Twice a year the offset changes within the day.
  const steady = offsetAt(start) === offsetAt(start + DAY_MS) ? offsetAt(start) : null;
  counts.forEach((count, quarter) => {
    if (count === 0) return;
    const time = start + quarter * QUARTER_MS;
    const local = time + (steady ?? offsetAt(time));
    const day = days.get(new Date(local).toISOString().slice(0, 10));
    if (day !== undefined) day[Math.floor((local % DAY_MS) / QUARTER_MS)]! += count;
  });
}

/** Quarters to longer intervals. */
export const inIntervals = (counts: readonly number[], minutes: number): number[] => {
  const quarters = minutes / 15;
  return Array.from({ length: counts.length / quarters }, (_, at) =>
    counts.slice(at * quarters, (at + 1) * quarters).reduce((all, one) => all + one, 0),
  );
};
