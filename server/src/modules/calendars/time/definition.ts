import { IANAZone } from 'luxon';
import { HubError, type FieldProblem } from '../../../platform/errors/hub-error.ts';

/** Times of a day as the clock on the wall shows them. What ends at or before its start runs past midnight. */
export interface DaySpan {
  /** "00:00" to "23:59" */
  readonly from: string;
  /** "00:00" to "24:00" */
  readonly to: string;
}
export interface CalendarDefinition {
  /** By its IANA name. */
  readonly timeZone: string;
  /** Several a day make split shifts; those that overlap are one. ISO weekdays: 1 is Monday. */
  readonly hours: readonly (DaySpan & { readonly weekday: number })[];
  /** Days that differ: closed, or open at hours of their own. */
  readonly holidays?: readonly SpecialDay[];
}
export interface SpecialDay {
  /** "2026-12-25" */
  readonly date: string;
  /** On this day of every year. */
  readonly yearly?: boolean;
  readonly hours?: readonly DaySpan[];
}

/** Minutes from a day's begin; `to` may lie in the next day. */
export type Minutes = readonly [from: number, to: number];

export const DAY_MINUTES = 1440;
const time = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

export function minutesOf({ from, to }: DaySpan): Minutes {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  return [start, end > start ? end : end + DAY_MINUTES];
}

/** Why a span can't be kept; null: it can. */
export function problemOfSpan({ from, to }: DaySpan): string | null {
  const wrong = [from, to].find((clock) => !time.test(clock));
  if (wrong !== undefined) return `${wrong} is not a time of day from 00:00 to 24:00`;
  if (from === '24:00') return 'Hours can’t begin at 24:00: begin the next day at 00:00';
  if (from === to && from !== '00:00') return `${from}–${to} has no length: for a whole day say 00:00–24:00`;
  return null;
}

export const isTimeZone = (name: string): boolean => IANAZone.isValidZone(name);

function isDate(text: string): boolean {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Everything that is wrong with it, each by the path of its field. */
export function problemsOfCalendar({ timeZone, hours, holidays = [] }: CalendarDefinition): FieldProblem[] {
  const zone = isTimeZone(timeZone) ? null : `${timeZone} is not a time zone, such as Europe/Berlin`;
  return [
    ...problem('timeZone', zone),
    ...problem('hours', hours.length > 0 ? null : 'It would never be open: give it hours on one day at least'),
    ...hours.flatMap((span, index) => [
      ...problem(`hours.${index}`, problemOfSpan(span)),
      ...problem(`hours.${index}.weekday`, isWeekday(span.weekday) ? null : 'Weekdays are 1 (Monday) to 7 (Sunday)'),
    ]),
    ...holidays.flatMap(({ date, hours: own = [] }, index) => [
      ...problem(`holidays.${index}.date`, isDate(date) ? null : `${date} is not a date, such as 2026-12-25`),
      ...own.flatMap((span, at) => problem(`holidays.${index}.hours.${at}`, problemOfSpan(span))),
    ]),
  ];
}

const isWeekday = (weekday: number) => Number.isInteger(weekday) && weekday >= 1 && weekday <= 7;
const problem = (path: string, message: string | null): FieldProblem[] => (message === null ? [] : [{ path, message }]);

export function refuse(fields: readonly FieldProblem[]): never {
  throw new HubError('invalid', fields.map(({ message }) => message).join('; '), { fields });
}
