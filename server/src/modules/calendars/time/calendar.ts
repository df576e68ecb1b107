import {
  DAY_MINUTES,
  minutesOf,
  problemsOfCalendar,
  refuse,
  type CalendarDefinition,
  type Minutes,
  type SpecialDay,
} from './definition.ts';
import { DAY_MS, ZoneTime, type Day } from './zone-time.ts';

/** Epoch ms; the end is not in it any more. */
export type Stretch = readonly [start: number, end: number];

const MOST_KEPT = 4_000;
const dayOfDate = (date: string): Day => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
const dateInYear = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(-19, -14);
/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: Day): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** When somebody is there. Works out each day once. */
export class Calendar {
  private readonly zone: ZoneTime;
  private readonly weekly = new Map<number, Minutes[]>();
  private readonly special: { on: Map<Day, Minutes[]>; yearly: Map<string, Minutes[]> };
  private readonly days = new Map<Day, readonly Stretch[]>();

  constructor({ timeZone, hours, holidays = [] }: CalendarDefinition) {
    this.zone = new ZoneTime(timeZone);
    for (const span of hours)
      this.weekly.set(span.weekday, [...(this.weekly.get(span.weekday) ?? []), minutesOf(span)]);
    this.special = {
      on: specialDays(
        holidays.filter(({ yearly }) => !yearly),
        dayOfDate,
      ),
      yearly: specialDays(
        holidays.filter(({ yearly }) => yearly),
        (date) => date.slice(5),
      ),
    };
  }

  dayOf(at: number): Day {
    return this.zone.dayOf(at);
  }

  /** In order, and apart from each other. */
  openOn(day: Day): readonly Stretch[] {
    const known = this.days.get(day);
    if (known !== undefined) return known;
    const open = this.minutesOn(day)
      .map(([from, to]) => [this.zone.beginOf(day, from), this.zone.endOf(day, to)] as const)
      .filter(([start, end]) => start < end);
    if (this.days.size >= MOST_KEPT) this.days.clear();
    this.days.set(day, open);
    return open;
  }

  /** A shift that began the day before goes on, unless this day is one that differs. */
  private minutesOn(day: Day): Minutes[] {
    const spilled = this.specialOn(day) === undefined ? this.beginningOn(day - 1) : [];
    const tails = spilled.map(([, to]): Minutes => [0, to - DAY_MINUTES]);
    const own = this.beginningOn(day).map(([from, to]): Minutes => [from, Math.min(to, DAY_MINUTES)]);
    return joined([...tails.filter(([, to]) => to > 0), ...own]);
  }

  private beginningOn(day: Day): Minutes[] {
    return this.specialOn(day) ?? this.weekly.get(weekdayOf(day)) ?? [];
  }

  private specialOn(day: Day): Minutes[] | undefined {
    return this.special.on.get(day) ?? this.special.yearly.get(dateInYear(day));
  }
}

/** Of two that fall on one day the closed one counts. */
function specialDays<Key>(days: readonly SpecialDay[], keyOf: (date: string) => Key): Map<Key, Minutes[]> {
  const found = new Map<Key, Minutes[]>();
  for (const { date, hours = [] } of days) {
    const before = found.get(keyOf(date));
    const closed = hours.length === 0 || before?.length === 0;
    found.set(keyOf(date), closed ? [] : [...(before ?? []), ...hours.map(minutesOf)]);
  }
  return found;
}

function joined(spans: readonly Minutes[]): Minutes[] {
  const apart: Minutes[] = [];
  for (const [from, to] of spans.toSorted((one, other) => one[0] - other[0])) {
    const last = apart.at(-1);
    if (last !== undefined && from <= last[1]) apart[apart.length - 1] = [last[0], Math.max(last[1], to)];
    else apart.push([from, to]);
  }
  return apart;
}

/** Refuses what can't be a calendar: HubError `invalid`, with the path of each bad field. */
export function calendarOf(definition: CalendarDefinition): Calendar {
  const problems = problemsOfCalendar(definition);
  return problems.length > 0 ? refuse(problems) : new Calendar(definition);
}

/** Around the clock. */
export const always = calendarOf({
  timeZone: 'UTC',
  hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '00:00', to: '24:00' })),
});
