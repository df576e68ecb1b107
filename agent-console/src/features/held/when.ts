import { clockTime, dayKey, shortDate } from '../../text/index.ts';

/** “14:05” today, “3 Mar, 14:05” on another day. */
export const whenOf = (at: string): string =>
  dayKey(at) === dayKey(Date.now()) ? clockTime(at) : `${shortDate(at)}, ${clockTime(at)}`;
