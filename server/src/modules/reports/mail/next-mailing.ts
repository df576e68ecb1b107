import { ReportSchedule } from '@switchboard/contract';
import { DateTime } from 'luxon';
import type { StoredSchedule } from '../saved-report.schema.ts';

/** Any day of a month comes within it. */
const MOST_DAYS = 62;

/** The first mailing after an instant, `zone` being the organisation's. An hour that a day does not have is the next one that it has. */
export function nextMailing(stored: StoredSchedule, after: Date, zone: string): Date {
  const schedule = ReportSchedule.parse(stored);
  const today = DateTime.fromJSDate(after, { zone: schedule.zone ?? zone }).startOf('day');
  for (let days = 0; days <= MOST_DAYS; days += 1) {
    const day = today.plus({ days });
    const at = day.set({ hour: schedule.hour }).toJSDate();
    if (isOn(schedule, day) && at > after) return at;
  }
  throw new Error(`A report has no next day in ${today.zoneName}`);
}

function isOn(schedule: ReportSchedule, day: DateTime): boolean {
  switch (schedule.every) {
    case 'day':
      return true;
    case 'week':
      return schedule.weekdays.includes(day.weekday);
    case 'month':
      return day.day === Math.min(schedule.day, day.daysInMonth ?? 0);
  }
}
