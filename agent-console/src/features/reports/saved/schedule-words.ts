import type { ReportSchedule } from '@switchboard/contract';
import { listed, ordinal, t, weekdayName } from '../../../text/index.ts';

export const hourWords = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
/** The longest month; every other one has this day as its last. */
export const LAST_DAY = 31;
const SHORTEST_MONTH = 28;
const WORKDAYS = '1,2,3,4,5';

type When<S = ReportSchedule> = S extends object ? Omit<S, 'agentIds'> : never;

/** “every Monday and Thursday at 08:00”, with the zone where it is not the organisation's. */
export function scheduleWords(schedule: When): string {
  const when = daysWords(schedule, hourWords(schedule.hour));
  return schedule.zone === null ? when : t('reports.when.zoned', { when, zone: zoneWords(schedule.zone) });
}

export const zoneWords = (zone: string): string => zone.replaceAll('_', ' ');

function daysWords(schedule: When, hour: string): string {
  if (schedule.every === 'week') {
    const days = schedule.weekdays.toSorted((one, other) => one - other);
    if (days.length === 7) return t('reports.when.daily', { hour });
    if (days.join() === WORKDAYS) return t('reports.when.workdays', { hour });
    return t('reports.when.weekly', { days: listed(days.map(weekdayName)), hour });
  }
  if (schedule.every === 'day') return t('reports.when.daily', { hour });
  if (schedule.day === LAST_DAY) return t('reports.when.last', { hour });
  const day = ordinal(schedule.day);
  return t(schedule.day > SHORTEST_MONTH ? 'reports.when.orLast' : 'reports.when.monthly', { day, hour });
}
