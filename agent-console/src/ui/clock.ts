export interface ClockTimes {
  readonly startedAt: string;
  readonly dueAt: string | null;
  readonly doneAt: string | null;
  /** From here on it is tense: in business time that is not simply a share of the way. */
  readonly warnAt: string | null;
  readonly pausedAt: string | null;
  /** Of the target, in business ms, while paused. */
  readonly leftMs: number | null;
}
export type ClockLevel = 'calm' | 'warning' | 'critical' | 'met' | 'missed' | 'paused' | 'open';

/** Calm until it warns (usually at 75 % of the target), warning until 100 %, critical after; `open` has no target. Pure. */
export function clockLevel({ warnAt, dueAt, doneAt, pausedAt }: ClockTimes, now: number): ClockLevel {
  if (doneAt === null && pausedAt !== null) return 'paused';
  if (dueAt === null) return 'open';
  const due = Date.parse(dueAt);
  if (doneAt !== null) return Date.parse(doneAt) <= due ? 'met' : 'missed';
  if (now >= due) return 'critical';
  return warnAt === null || now < Date.parse(warnAt) ? 'calm' : 'warning';
}

const MINUTE = 60_000;
/** By the second only when it matters: the last five minutes and the first of being late. */
export const countsSeconds = (dueAt: string, now: number) => Math.abs(Date.parse(dueAt) - now) < 5 * MINUTE;
