import type { Awaited } from '../entry.schema.ts';

/** So long after its time a command is no longer on the bus. */
const LOST_AFTER_MS = 60_000;
/** Longer than any provider is waited for: who took it on is dead, and whoever takes it now tells the agent so. */
const STANDING_MS = 90_000;

interface Sending {
  readonly attempt?: { readonly startedAt: Date } | null;
  readonly awaits?: Awaited | null;
}

const isOver = (at: Date, ms: number, now: Date): boolean => now.getTime() - new Date(at).getTime() > ms;

/** Another command brings it again: this one is one too many. */
export const isAwaited = ({ awaits }: Sending, command: string | null, now: Date): boolean =>
  awaits != null && awaits.command !== command && !isOver(awaits.at, LOST_AFTER_MS, now);

/** Nobody works on it and nothing brings it again. */
export const isStuck = (sending: Sending, now: Date): boolean =>
  sending.attempt == null ? !isAwaited(sending, null, now) : isOver(sending.attempt.startedAt, STANDING_MS, now);
