import { add, always, type Calendar, type Pause } from '../calendars/index.ts';

/** When a target that starts now ends. null for a calendar: around the clock. HubError `invalid` for no time at all. */
export const deadline = (
  calendar: Calendar | null,
  start: Date,
  minutes: number,
  pauses: readonly Pause[] = [],
): Date => add(calendar ?? always, start, minutes, pauses);
