import { dayKey } from '../../text/index.ts';
import type { Day } from './timeline.ts';

/** The day of a moment in the person's own zone. */
export function dayOf(at: number): Day {
  const date = new Date(at);
  const midnight = (days: number) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
  return { key: dayKey(at), from: midnight(0), until: midnight(1) };
}
