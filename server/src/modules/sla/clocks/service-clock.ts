import { between, reach, type Calendar } from '../../calendars/index.ts';

/** Time that counts; the last one's end is open until the clock pauses, and for ever once it is done. */
export interface Spell {
  from: Date;
  to: Date | null;
}

/** One promise of a ticket. All but its facts (start, spells, end) follows from the policy, and is worked out anew with it. */
export interface ServiceClock {
  startedAt: Date;
  spells: Spell[];
  /** Business time of spells that are not kept any more, in ms. */
  carriedMs: number;
  doneAt: Date | null;
  /** null: no target. */
  targetMs: number | null;
  warnAt: Date | null;
  /** null: no target, or it stands still before it is reached. */
  dueAt: Date | null;
  /** What is left of the target while it stands still, in business ms. */
  leftMs: number | null;
  /** Told already. */
  warnedAt: Date | null;
  breachedAt: Date | null;
}

/** What a policy says of one clock. */
export interface ClockRules {
  /** null: never open, so no target is ever due. */
  readonly calendar: Calendar | null;
  readonly targetMs: number | null;
  /** Business ms before the target at which it begins to warn. */
  readonly warnBeforeMs: number;
}

const MINUTE_MS = 60_000;
const MOST_SPELLS = 20;

export function startClock(at: Date, rules: ClockRules): ServiceClock {
  const facts = { startedAt: at, spells: [{ from: at, to: null }], carriedMs: 0, doneAt: null };
  const none = { targetMs: null, warnAt: null, dueAt: null, leftMs: null, warnedAt: null, breachedAt: null };
  return aimClock({ ...facts, ...none }, rules, at);
}

/** From before clocks could pause: what is not there follows from the rest. */
export function wholeClock(clock: Partial<ServiceClock> & Pick<ServiceClock, 'startedAt'>): ServiceClock {
  const none = { carriedMs: 0, doneAt: null, targetMs: null, warnAt: null, dueAt: null, leftMs: null };
  return { ...none, spells: [{ from: clock.startedAt, to: null }], warnedAt: null, breachedAt: null, ...clock };
}

export const isRunning = ({ doneAt, spells }: ServiceClock): boolean => doneAt === null && spells.at(-1)?.to === null;
export const isPaused = ({ doneAt, spells }: ServiceClock): boolean => doneAt === null && spells.at(-1)?.to !== null;

/** null: it counts, or is done. */
export const pausedSince = ({ doneAt, spells }: ServiceClock): Date | null =>
  doneAt === null ? (spells.at(-1)?.to ?? null) : null;

export function pauseClock(clock: ServiceClock, at: Date, rules: ClockRules): ServiceClock {
  return isRunning(clock) ? aimClock({ ...clock, spells: closed(clock.spells, at) }, rules, at) : clock;
}

export function resumeClock(clock: ServiceClock, at: Date, rules: ClockRules): ServiceClock {
  if (!isPaused(clock)) return clock;
  const resumed = { ...clock, spells: [...clock.spells, { from: at, to: null }] };
  return aimClock(carried(resumed, rules.calendar), rules, at);
}

/** Also one that stands still can be done. */
export function finishClock(clock: ServiceClock, at: Date, rules: ClockRules): ServiceClock {
  return clock.doneAt === null ? aimClock({ ...clock, doneAt: at }, rules, at) : clock;
}

/** What was done was not: it goes on, without the time in between. */
export function reopenClock(clock: ServiceClock, at: Date, rules: ClockRules): ServiceClock {
  if (clock.doneAt === null) return clock;
  const spells = [...closed(clock.spells, clock.doneAt), { from: at, to: null }];
  return aimClock(carried({ ...clock, doneAt: null, spells }, rules.calendar), rules, at);
}

/** Works out what follows from its facts and these rules, as if they had held from the start. */
export function aimClock(
  clock: ServiceClock,
  { calendar, targetMs, warnBeforeMs }: ClockRules,
  at: Date,
): ServiceClock {
  const target = targetMs === null || targetMs <= 0 ? null : targetMs;
  const dueAt = target === null ? null : momentAfter(clock, target, calendar);
  const warnAt = target === null ? null : momentAfter(clock, Math.max(1, target - warnBeforeMs), calendar);
  const end = clock.doneAt ?? at;
  const isReached = (moment: Date | null) => moment !== null && moment <= end;
  const endedLate = clock.doneAt !== null && dueAt !== null && dueAt < clock.doneAt;
  return {
    ...clock,
    targetMs: target,
    warnAt,
    dueAt,
    leftMs: target !== null && isPaused(clock) ? Math.max(0, target - usedMs(clock, at, calendar)) : null,
    // A promise that holds again was not broken; one that was kept too late was, whether or not somebody saw it in time.
    warnedAt: isReached(warnAt) ? clock.warnedAt : null,
    breachedAt: (isReached(dueAt) ? clock.breachedAt : null) ?? (endedLate ? dueAt : null),
  };
}

/** Business ms that have counted until `now`, or until it was done. */
export function usedMs({ spells, carriedMs, doneAt }: ServiceClock, now: Date, calendar: Calendar | null): number {
  if (calendar === null) return carriedMs;
  const minutes = spells.reduce((sum, { from, to }) => sum + between(calendar, from, to ?? doneAt ?? now), 0);
  return carriedMs + Math.round(minutes * MINUTE_MS);
}

/** When so much time has counted; null: not before it goes on. */
function momentAfter({ spells, carriedMs }: ServiceClock, ms: number, calendar: Calendar | null): Date | null {
  if (calendar === null) return null;
  let left = ms - carriedMs;
  for (const { from, to } of spells) {
    if (left <= 0) return from;
    const moment = reach(calendar, from, left);
    if (to === null) return moment;
    if (moment !== null && moment <= to) return moment;
    left -= Math.round(between(calendar, from, to) * MINUTE_MS);
  }
  return null;
}

const closed = (spells: readonly Spell[], at: Date): Spell[] =>
  spells.map((spell) => (spell.to === null ? { ...spell, to: at } : spell));

/** A ticket that pauses hundreds of times does not grow with it: the oldest spells become a sum. */
function carried(clock: ServiceClock, calendar: Calendar | null): ServiceClock {
  const [oldest, ...rest] = clock.spells;
  if (clock.spells.length <= MOST_SPELLS || oldest?.to == null) return clock;
  const minutes = calendar === null ? 0 : between(calendar, oldest.from, oldest.to);
  return { ...clock, spells: rest, carriedMs: clock.carriedMs + Math.round(minutes * MINUTE_MS) };
}
