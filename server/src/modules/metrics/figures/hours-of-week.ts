import { DateTime } from 'luxon';
import type { Stretch } from '../rollups/stretches.ts';

/**
 * One hour of the week, 0 is Monday's first, in each week of a stretch, the newest first. It is twice as long where the clocks are
 * set back, and left out where they skip it.
 */
export function hoursOfWeek({ start, end }: Stretch, hourOfWeek: number, zone: string): Stretch[] {
  const hours: Stretch[] = [];
  const lastWeek = DateTime.fromJSDate(end, { zone }).startOf('week');
  for (let back = 0; ; back++) {
    const day = lastWeek.minus({ weeks: back }).plus({ days: Math.floor(hourOfWeek / 24) });
    const [from, to] = [hourOf(day, hourOfWeek % 24), hourOf(day, (hourOfWeek % 24) + 1)];
    if (to <= start) return hours;
    const hour = { start: from > start ? from : start, end: to < end ? to : end };
    if (hour.start < hour.end) hours.push(hour);
  }
}

const hourOf = (day: DateTime, hour: number): Date =>
  (hour < 24 ? day.startOf('day').set({ hour }) : day.plus({ days: 1 }).startOf('day')).toJSDate();
