import type { ExpectedReply } from '@switchboard/contract';
import type { Texts } from './texts.ts';

/** In words that promise no more than is known: whole minutes, rounded up. */
export const replyTimeText = (texts: Texts, { fromSeconds, toSeconds }: ExpectedReply): string => {
  const from = Math.max(1, Math.ceil(fromSeconds / 60));
  const to = Math.max(from, Math.ceil(toSeconds / 60));
  if (to === 1) return texts('replyMinute');
  if (to > 90) return texts('replyHours', { to: Math.ceil(to / 60) });
  return texts('replyMinutes', { from: from === to ? from - 1 : from, to });
};
