import type { Overflow, QueueView } from '@switchboard/contract';
import { clockTime, dayKey, shortDate, t } from '../../text/index.ts';

/** A length of waiting as people say it: under two minutes in seconds, then in minutes, then in hours. */
export function waitWords(seconds: number): string {
  if (seconds < 120 && seconds % 60 !== 0) return t('wait.seconds', { count: seconds });
  if (seconds < 7200) return t('wait.minutes', { count: Math.round(seconds / 60) });
  return t('wait.hours', { count: Math.round(seconds / 3600) });
}

/** “08:00” today, “30 Nov, 08:00” on another day. */
export const momentWords = (at: string): string =>
  dayKey(at) === dayKey(Date.now()) ? clockTime(at) : `${shortDate(at)}, ${clockTime(at)}`;

/** A step of overflow in one sentence. */
export function overflowSummary(
  { afterSeconds, does, queueIds }: Overflow,
  queues: readonly Pick<QueueView, 'id' | 'name'>[],
): string {
  const names = queues.filter(({ id }) => queueIds.includes(id)).map(({ name }) => name);
  const what = t(`overflow.${does}.to`, { queues: names.join(', ') });
  return afterSeconds === null
    ? t('overflow.closed', { what })
    : t('overflow.after', { time: waitWords(afterSeconds), what });
}
