/** Dates, times, durations and numbers in the person's own language and zone. */

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** The person's flavour of the language that the console speaks: en-GB writes dates otherwise than en-US. */
const language = navigator.languages.find((each) => each.startsWith('en')) ?? 'en';

const exactFormat = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'medium', timeZone: zone });
const clockFormat = new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit', timeZone: zone });
const dayFormat = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: zone });
const dateFormat = new Intl.DateTimeFormat(language, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: zone,
});
const weekdayFormat = new Intl.DateTimeFormat(language, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: zone,
});
const keyFormat = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: zone });
const numberFormat = new Intl.NumberFormat(language);
const percentFormat = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
const relativeFormat = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type When = string | number | Date;
const date = (when: When) => (when instanceof Date ? when : new Date(when));

/** “Tuesday, 3 March 2026 at 14:05:09”, for tooltips. */
export const exactTime = (when: When) => exactFormat.format(date(when));
/** “14:05” */
export const clockTime = (when: When) => clockFormat.format(date(when));
/** “3 Mar”, with the year where it is not this one. */
export const shortDate = (when: When, now: number = Date.now()) =>
  (date(when).getFullYear() === new Date(now).getFullYear() ? dayFormat : dateFormat).format(date(when));
/** “2026-03-03” in the person's zone: equal for moments of the same day. */
export const dayKey = (when: When) => keyFormat.format(date(when));

/** Separator of a day: “Today”, “Yesterday”, “Tuesday, 3 March”. */
export function dayName(when: When, now: number = Date.now()): string {
  const days = Math.round((Date.parse(dayKey(when)) - Date.parse(dayKey(now))) / DAY);
  if (days === 0 || days === -1) return capital(relativeFormat.format(days, 'day'));
  const sameYear = dayKey(when).slice(0, 4) === dayKey(now).slice(0, 4);
  return sameYear ? weekdayFormat.format(date(when)) : dateFormat.format(date(when));
}
const capital = (text: string) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

/** Short and narrow, for lists: “now”, “5m”, “3h”, then the date. */
export function shortAgo(when: When, now: number): string {
  const ms = Math.max(0, now - date(when).getTime());
  if (ms < MINUTE) return relativeFormat.format(0, 'second');
  return ms < DAY ? duration(ms, 1) : shortDate(when, now);
}

const agoFormat = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
/** “5 min. ago”, “3 hr. ago”, then the date: for sentences. */
export function longAgo(when: When, now: number): string {
  const ms = Math.max(0, now - date(when).getTime());
  if (ms < MINUTE) return agoFormat.format(0, 'second');
  if (ms >= DAY) return shortDate(when, now);
  return ms < HOUR
    ? agoFormat.format(-Math.floor(ms / MINUTE), 'minute')
    : agoFormat.format(-Math.floor(ms / HOUR), 'hour');
}

/** “2d 4h”, “3h 12m”, “5m”, “42s”: the largest units, two at most. */
export function duration(ms: number, units: 1 | 2 = 2): string {
  const rest = Math.max(0, ms);
  const [big, small, bigUnit, smallUnit] =
    rest >= DAY
      ? ([DAY, HOUR, 'day', 'hour'] as const)
      : rest >= HOUR
        ? ([HOUR, MINUTE, 'hour', 'minute'] as const)
        : rest >= MINUTE
          ? ([MINUTE, null, 'minute', null] as const)
          : ([SECOND, null, 'second', null] as const);
  const first = Math.floor(rest / big);
  const second = small ? Math.floor((rest % big) / small) : 0;
  return units === 2 && second && smallUnit
    ? `${unit(first, bigUnit)} ${unit(second, smallUnit)}`
    : unit(first, bigUnit);
}

/** “4:09” or “1:04:09”: counts by the second, for what is urgent and for timers. */
export function countdown(ms: number): string {
  const all = Math.max(0, Math.round(ms / SECOND));
  const [h, m, s] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const unitFormats = new Map<string, Intl.NumberFormat>();
function unit(value: number, name: string): string {
  let found = unitFormats.get(name);
  if (!found)
    unitFormats.set(
      name,
      (found = new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'narrow' })),
    );
  return found.format(value);
}

const zoned = new Map<string, Intl.DateTimeFormat>();
const inZone = (timeZone: string, options: Intl.DateTimeFormatOptions) => {
  const key = `${timeZone} ${Object.keys(options).join()}`;
  const format = zoned.get(key) ?? new Intl.DateTimeFormat(language, { ...options, timeZone });
  zoned.set(key, format);
  return format;
};
/** “3 Mar”, “14:05” and “3 – 9 Mar 2026” as they are in a zone that may be another than the person's. */
export const dayIn = (when: When, timeZone: string) =>
  inZone(timeZone, { day: 'numeric', month: 'short' }).format(date(when));
export const clockIn = (when: When, timeZone: string) =>
  inZone(timeZone, { hour: '2-digit', minute: '2-digit' }).format(date(when));
export const daysIn = (from: When, to: When, timeZone: string) =>
  inZone(timeZone, { day: 'numeric', month: 'short', year: 'numeric' }).formatRange(date(from), date(to));

export const formatNumber = (value: number) => numberFormat.format(value);
/** 0.8 → “80%” */
export const formatPercent = (share: number) => percentFormat.format(share);

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
/** “25 MB”, decimal. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: byteUnits[power] ?? 'byte',
    // In short, English has no plural of byte.
    unitDisplay: power ? 'short' : 'long',
    maximumFractionDigits: power ? 1 : 0,
  }).format(bytes / 1000 ** power);
}

const weekdays = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
const shortWeekdays = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
/** ISO weekday 1 → “Mon” */
export const shortWeekdayName = (weekday: number) => shortWeekdays.format(Date.UTC(2024, 0, weekday));
/** ISO weekday 1 → “Monday” */
export const weekdayName = (weekday: number) => weekdays.format(Date.UTC(2024, 0, weekday));

const listFormat = new Intl.ListFormat(language, { type: 'conjunction' });
/** “Monday, Wednesday, and Friday” */
export const listed = (words: readonly string[]) => listFormat.format(words);
const ordinals = new Intl.PluralRules(language, { type: 'ordinal' });
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };
/** 22 → “22nd” */
export const ordinal = (value: number) => `${value}${endings[ordinals.select(value)] ?? 'th'}`;

const secondFormat = new Intl.DateTimeFormat(language, { timeStyle: 'medium', timeZone: zone });
/** “14:05:09” */
export const preciseClock = (when: When) => secondFormat.format(date(when));

const preciseFormat = new Intl.DateTimeFormat(language, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  timeZone: zone,
});
/** “14:05:09.123” */
export const preciseTime = (when: When) => preciseFormat.format(date(when));
/** “0.4 ms”, “42 ms”, “1.25 s”, then “2m”, “3h 12m”: for what is measured. */
export function measuredTime(ms: number): string {
  if (ms >= MINUTE) return duration(ms);
  if (ms >= SECOND) return `${numberFormat.format(Math.round(ms / 10) / 100)} s`;
  return `${numberFormat.format(ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms))} ms`;
}
