import type { CalendarSettings, DaySpan, Holiday } from '@switchboard/contract';
import { parseTime } from '../settings/organisation/hours.ts';

/** '09:00-12:00, 13-17' → spans; '' → none: closed; null: not hours. Pure. */
export function parseSpans(typed: string): DaySpan[] | null {
  const spans: DaySpan[] = [];
  for (const part of typed.split(',').filter((each) => each.trim() !== '')) {
    const [from, to, ...more] = part.split(/[-–]/).map((each) => parseTime(each));
    if (!from || !to || more.length > 0 || from === to) return null;
    spans.push({ from, to });
  }
  return spans;
}
export const typedSpans = (spans: readonly DaySpan[]): string =>
  spans.map(({ from, to }) => `${from}-${to}`).join(', ');

/** Those of a file beside those that are there; one that is there already stays as it is. By date. Pure. */
export function merged(holidays: readonly Holiday[], imported: readonly Holiday[]): Holiday[] {
  const known = new Set(holidays.map(({ date, yearly }) => `${date} ${yearly}`));
  const added = imported.filter(({ date, yearly }) => !known.has(`${date} ${yearly}`));
  return [...holidays, ...added].sort((one, other) => one.date.localeCompare(other.date));
}

/** Hours that a week has. Pure. */
export function hoursAWeek(hours: CalendarSettings['hours']): number {
  const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const length = ({ from, to }: DaySpan) => minute(to) - minute(from) + (to <= from ? 1440 : 0);
  return hours.reduce((sum, span) => sum + length(span), 0) / 60;
}
