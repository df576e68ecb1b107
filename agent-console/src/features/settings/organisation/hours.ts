import type { Organisation } from '@switchboard/contract';

export type Span = { from: string; to: string };
/** Monday first; a day without spans is closed. */
export type Week = readonly (readonly Span[])[];

export const weekOf = (hours: Organisation['hours']): Week =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) =>
    hours
      .filter((span) => span.weekday === weekday)
      .map(({ from, to }) => ({ from, to }))
      .sort((a, b) => a.from.localeCompare(b.from)),
  );
export const hoursOf = (week: Week): Organisation['hours'] =>
  week.flatMap((spans, index) => spans.map((span) => ({ weekday: index + 1, ...span })));

/** What people type for a time: '9', '9:30', '0930', '9.30', '5pm', '24' → 'HH:MM'; null: not a time. Pure. */
export function parseTime(typed: string): string | null {
  const found = /^(\d{1,2})(?:[:.h ]?([0-5]\d))?\s*(am|pm)?$/i.exec(typed.trim());
  if (!found) return null;
  const [, hourText = '', minutes = '00', half] = found;
  let hour = Number(hourText);
  if (half && (hour < 1 || hour > 12)) return null;
  if (half) hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hour > 24 || (hour === 24 && minutes !== '00')) return null;
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}

export type SpanProblem = 'not-a-time' | 'no-length' | 'overlaps';
/** What is wrong with each span of a day. Pure. */
export function problemsOf(spans: readonly Span[]): (SpanProblem | null)[] {
  return spans.map((span, index) => {
    const { from, to } = span;
    if (parseTime(from) !== from || parseTime(to) !== to || from === '24:00') return 'not-a-time';
    if (hasNoLength(span)) return 'no-length';
    const [start, end] = minutesOf(span);
    const before = spans.slice(0, index).filter((other) => !hasNoLength(other));
    const overlaps = before.some((other) => minutesOf(other)[0] < end && start < minutesOf(other)[1]);
    return overlaps ? 'overlaps' : null;
  });
}

const hasNoLength = ({ from, to }: Span): boolean => from === to && from !== '00:00';

/** What ends at or before its start runs into the next day. */
export const endsNextDay = ({ from, to }: Span): boolean => to <= from && to !== '00:00';

function minutesOf({ from, to }: Span): [number, number] {
  const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return [minute(from), minute(to) + (to <= from ? 1440 : 0)];
}

/** A sensible next span: the afternoon after a morning, else office hours. */
export function nextSpan(spans: readonly Span[]): Span {
  const last = spans.at(-1);
  if (!last) return { from: '09:00', to: '17:00' };
  const hour = Number(last.to.slice(0, 2));
  const time = (value: number) => `${String(Math.min(24, value)).padStart(2, '0')}:00`;
  return hour < 23 ? { from: time(hour + 1), to: time(Math.max(hour + 2, 17)) } : { from: last.to, to: '24:00' };
}
