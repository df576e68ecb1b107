import type { Organisation } from '@switchboard/contract';

export type OpeningHours = Pick<Organisation, 'timeZone' | 'hours'>;

const wallClocks = new Map<string, Intl.DateTimeFormat>();
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** What the clock on the wall there shows: summer time and its two odd nights are the zone's business. */
function wallTime(timeZone: string, at: Date): { weekday: number; time: string } {
  let format = wallClocks.get(timeZone);
  if (format === undefined) {
    const shape = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    format = new Intl.DateTimeFormat('en-GB', { timeZone, ...shape });
    wallClocks.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { weekday: weekdays.indexOf(parts['weekday'] ?? '') + 1, time: `${parts['hour']}:${parts['minute']}` };
}

export function isOpenAt({ timeZone, hours }: OpeningHours, at: Date): boolean {
  const now = wallTime(timeZone, at);
  return hours.some(({ weekday, from, to }) => weekday === now.weekday && from <= now.time && now.time < to);
}

export const alwaysOpen: Organisation['hours'] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
  weekday,
  from: '00:00',
  to: '24:00',
}));

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    // Intl throws a RangeError for a zone that it does not know: that is its only answer.
    return false;
  }
}

/** Why a span can't be kept; null: it can. */
export function problemOfSpan({ from, to }: Organisation['hours'][number]): string | null {
  const time = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;
  if (!time.test(from) || !time.test(to)) return `${from}–${to} is not a time from 00:00 to 24:00`;
  if (from >= to) return `${from}–${to} ends before it begins: split hours that run past midnight over two days`;
  return null;
}
