import type { ReportSchedule } from '@switchboard/contract';
import { DateTime } from 'luxon';

type When = Pick<ReportSchedule, 'every' | 'hour'>;

/** The first mailing after an instant. An hour that a day does not have is the next one that it has. */
export function nextMailing({ every, hour }: When, after: Date, zone: string): Date {
  const first = DateTime.fromJSDate(after, { zone }).startOf(every);
  const at = (start: DateTime) => start.set({ hour });
  return (at(first).toJSDate() > after ? at(first) : at(first.plus({ [every]: 1 }).startOf(every))).toJSDate();
}
