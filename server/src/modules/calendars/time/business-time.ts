import type { Calendar, Stretch } from './calendar.ts';
import { refuse } from './definition.ts';

/** While time does not count, although it is open. */
export interface Pause {
  readonly from: Date;
  readonly to: Date;
}
export interface Period {
  readonly start: Date;
  readonly end: Date;
}

const MINUTE_MS = 60_000;
/** Eleven years: what is not reached by then never is, for any use of ours. */
const MOST_DAYS = 4_018;

/** The instant at which so many business minutes have passed since `start`. HubError `invalid` where that never comes. */
export function add(calendar: Calendar, start: Date, minutes: number, pauses: readonly Pause[] = []): Date {
  return reach(calendar, start, msOf(minutes), pauses) ?? unreachable();
}

/** The instant from which so many business minutes lie before `start`. */
export function subtract(calendar: Calendar, start: Date, minutes: number, pauses: readonly Pause[] = []): Date {
  let left = msOf(minutes);
  for (const [from, to] of backward(calendar, start.getTime(), pauses)) {
    if (to - from >= left) return new Date(to - left);
    left -= to - from;
  }
  return unreachable();
}

/** Like `add`; null where it never comes. */
export function reach(calendar: Calendar, start: Date, ms: number, pauses: readonly Pause[] = []): Date | null {
  let left = ms;
  for (const [from, to] of forward(calendar, start.getTime(), pauses)) {
    if (to - from >= left) return new Date(from + left);
    left -= to - from;
  }
  return null;
}

/** Business minutes from one instant to another; 0 where the second is not later. */
export function between(calendar: Calendar, from: Date, to: Date, pauses: readonly Pause[] = []): number {
  const end = to.getTime();
  let sum = 0;
  for (const [start, stop] of forward(calendar, from.getTime(), pauses, calendar.dayOf(end))) {
    if (start >= end) break;
    sum += Math.min(stop, end) - start;
  }
  return sum / MINUTE_MS;
}

/** The next open stretches from `start` on, the first one perhaps in part; one that runs past midnight is cut there. */
export function periods(calendar: Calendar, start: Date, count: number): Period[] {
  const found: Period[] = [];
  if (count < 1) return found;
  for (const [from, to] of forward(calendar, start.getTime(), [])) {
    found.push({ start: new Date(from), end: new Date(to) });
    if (found.length >= count) break;
  }
  return found;
}

export function isOpen(calendar: Calendar, at: Date): boolean {
  const moment = at.getTime();
  return calendar.openOn(calendar.dayOf(moment)).some(([start, end]) => start <= moment && moment < end);
}

/** `at` itself while it is open; null: never. */
export function nextOpening(calendar: Calendar, at: Date): Date | null {
  return periods(calendar, at, 1)[0]?.start ?? null;
}

function* forward(
  calendar: Calendar,
  from: number,
  pauses: readonly Pause[],
  lastDay = Number.POSITIVE_INFINITY,
): Generator<Stretch> {
  const first = calendar.dayOf(from);
  const last = lastDay === Number.POSITIVE_INFINITY ? first + MOST_DAYS : lastDay;
  for (let day = first; day <= last; day += 1)
    for (const [start, end] of calendar.openOn(day))
      if (end > from) yield* without(pauses, [Math.max(start, from), end]);
}

function* backward(calendar: Calendar, to: number, pauses: readonly Pause[]): Generator<Stretch> {
  const first = calendar.dayOf(to);
  for (let day = first; day >= first - MOST_DAYS; day -= 1)
    for (const [start, end] of calendar.openOn(day).toReversed())
      if (start < to) yield* without(pauses, [start, Math.min(end, to)]).toReversed();
}

function without(pauses: readonly Pause[], stretch: Stretch): Stretch[] {
  return pauses.reduce<Stretch[]>(
    (left, { from, to }) => (from >= to ? left : left.flatMap((piece) => cut(piece, from.getTime(), to.getTime()))),
    [stretch],
  );
}

const cut = ([start, end]: Stretch, from: number, to: number): Stretch[] =>
  [[start, Math.min(end, from)] as const, [Math.max(start, to), end] as const].filter(([a, b]) => a < b);

function msOf(minutes: number): number {
  const ms = Math.round(minutes * MINUTE_MS);
  if (ms > 0 && Number.isFinite(ms)) return ms;
  return refuse([{ path: 'minutes', message: `${minutes} is not a length of time: give more than 0 minutes` }]);
}

const unreachable = (): never =>
  refuse([{ path: 'hours', message: 'This calendar is open too little: the time is not reached within eleven years' }]);
