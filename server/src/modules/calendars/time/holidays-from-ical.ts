import ICAL from 'ical.js';
import { refuse } from './definition.ts';

export interface ImportedHoliday {
  readonly date: string;
  readonly name: string;
  readonly yearly: boolean;
}

const YEARS_BACK = 1;
const YEARS_AHEAD = 5;
export const MOST_HOLIDAYS = 1_000;
const LONGEST_NAME = 100;

/**
 * The whole days of an iCalendar file, from last year on and some years ahead. What happens at a time of day is an
 * appointment and no holiday: it is counted and left out.
 */
export function holidaysFromIcal(text: string, now: Date): { holidays: ImportedHoliday[]; skipped: number } {
  const first = `${now.getUTCFullYear() - YEARS_BACK}-01-01`;
  const last = `${now.getUTCFullYear() + YEARS_AHEAD}-12-31`;
  const events = eventsOf(text).filter(({ component }) => component.getFirstPropertyValue('status') !== 'CANCELLED');
  const whole = events.filter(({ startDate }) => startDate.isDate);
  const found = new Map<string, ImportedHoliday>();
  // Exceptions come with the event that they change.
  for (const event of whole.filter((each) => !each.isRecurrenceException()))
    for (const holiday of isSameDayEachYear(event) ? [yearly(event)] : daysOf(event, first, last)) {
      found.set(`${holiday.date} ${holiday.name}`, holiday);
      if (found.size > MOST_HOLIDAYS)
        refuse([{ path: 'ical', message: `The file has more than ${MOST_HOLIDAYS} holidays: give a smaller one` }]);
    }
  const holidays = [...found.values()].sort((one, other) => (one.date < other.date ? -1 : 1));
  return { holidays, skipped: events.length - whole.length };
}

function eventsOf(text: string): ICAL.Event[] {
  try {
    const parsed = ICAL.parse(text) as unknown[];
    // One calendar is an array that begins with its name; several are an array of those.
    const calendars = (typeof parsed[0] === 'string' ? [parsed] : parsed) as unknown[][];
    if (calendars.length === 0) throw new Error('there is no calendar in it');
    const events = calendars.flatMap((calendar) => new ICAL.Component(calendar).getAllSubcomponents('vevent'));
    return events.filter((event) => event.hasProperty('dtstart')).map((event) => new ICAL.Event(event));
  } catch (error) {
    // The parser throws for whatever it can't read: that is its answer.
    const reason = error instanceof Error ? error.message.split('\n')[0] : 'it can’t be read';
    return refuse([{ path: 'ical', message: `This is not an iCalendar file (.ics): ${reason}` }]);
  }
}

/** The plain case of a birthday or of 25 December: it needs no list of years. */
function isSameDayEachYear(event: ICAL.Event): boolean {
  const rules = event.component.getAllProperties('rrule').map((property) => property.getFirstValue() as ICAL.Recur);
  const [rule] = rules;
  if (rule === undefined || rules.length > 1 || event.exceptions.length > 0) return false;
  if (['rdate', 'exdate'].some((name) => event.component.hasProperty(name))) return false;
  const { month, day } = event.startDate;
  const expected: Record<string, number> = { BYMONTH: month, BYMONTHDAY: day };
  const parts = Object.entries(rule.parts as Record<string, number[]>);
  const oneDay = event.duration.toSeconds() <= 86_400;
  const unlimited = rule.freq === 'YEARLY' && rule.interval === 1 && rule.count === null && rule.until === null;
  return oneDay && unlimited && parts.every(([name, values]) => values.length === 1 && values[0] === expected[name]);
}

const yearly = (event: ICAL.Event): ImportedHoliday => ({
  date: event.startDate.toString(),
  name: nameOf(event),
  yearly: true,
});

function daysOf(event: ICAL.Event, first: string, last: string): ImportedHoliday[] {
  const days: ImportedHoliday[] = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next && next.toString() <= last; next = iterator.next()) {
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    const day = startDate.clone();
    do {
      const date = day.toString();
      if (date >= first && date <= last) days.push({ date, name: nameOf(item), yearly: false });
      day.addDuration(new ICAL.Duration({ days: 1 }));
    } while (day.compare(endDate) < 0 && day.toString() <= last);
    if (days.length > MOST_HOLIDAYS) break;
  }
  return days;
}

const nameOf = (event: ICAL.Event): string => (event.summary?.trim() || 'Holiday').slice(0, LONGEST_NAME);
