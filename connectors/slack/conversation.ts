import type { NormalisedEvent } from '@switchboard/contract';
import { instantAt } from '../kit/instant.ts';

interface Place {
  readonly channel: string;
  readonly channel_type?: string | null | undefined;
}
interface Said {
  readonly ts: string;
  readonly thread_ts?: string | null | undefined;
}

const isDirect = ({ channel, channel_type }: Place): boolean => channel_type === 'im' || channel.startsWith('D');
/** A thread's first message names itself once it has answers. */
export const answers = ({ ts, thread_ts }: Said): string | undefined =>
  thread_ts && thread_ts !== ts ? thread_ts : undefined;

/**
 * In a channel each thread is a conversation, and a message outside of one begins it. What two people write to each other is
 * one conversation, but for the threads in it.
 */
export const threadOf = (place: Place, said: Said): NormalisedEvent['thread'] => {
  const thread = answers(said);
  const shape = isDirect(place) ? 'direct' : 'group';
  if (thread === undefined && shape === 'direct') return { externalId: place.channel, shape };
  return { externalId: `${place.channel}:${thread ?? said.ts}`, shape };
};

/** Where to write to for a thread's external id. */
export const destinationOf = (externalId: string): { channel: string; thread_ts?: string } => {
  const [channel = '', thread] = externalId.split(':');
  return { channel, ...(thread ? { thread_ts: thread } : {}) };
};

export const instantOf = (ts: string | null | undefined, receivedAt: Date): string =>
  instantAt(Number(ts ?? NaN) * 1000, receivedAt);
