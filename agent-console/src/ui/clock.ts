export interface ClockTimes {
  readonly startedAt: string;
  readonly dueAt: string | null;
  readonly doneAt: string | null;
}
export type ClockLevel = 'calm' | 'warning' | 'critical' | 'met' | 'missed' | 'open';

const WARN_AT = 0.75;

/** Calm until 75 % of the target, warning until 100 %, critical after; `open` has no target. Pure. */
export function clockLevel({ startedAt, dueAt, doneAt }: ClockTimes, now: number): ClockLevel {
  if (dueAt === null) return 'open';
  const due = Date.parse(dueAt);
  if (doneAt !== null) return Date.parse(doneAt) <= due ? 'met' : 'missed';
  if (now >= due) return 'critical';
  const start = Date.parse(startedAt);
  return now - start < (due - start) * WARN_AT ? 'calm' : 'warning';
}

const MINUTE = 60_000;
/** By the second only when it matters: the last five minutes and the first of being late. */
export const countsSeconds = (dueAt: string, now: number) => Math.abs(Date.parse(dueAt) - now) < 5 * MINUTE;
