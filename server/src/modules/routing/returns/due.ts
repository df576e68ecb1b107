import type { Capacity, ChannelKind } from '@switchboard/contract';

/** Somebody who is not there. */
export interface Gone {
  readonly from: Date;
  /** They signed out, or said that they are offline. */
  readonly byChoice: boolean;
}
export interface Held {
  readonly channel: ChannelKind;
  /** Since when its customer waits for us; null: it is the customer's turn. */
  readonly waitingSince: Date | null;
  readonly givenAt: Date;
}
/** `afterSeconds` of being gone; null: as the agent chose to go. */
export interface Return {
  readonly afterSeconds: number | null;
}
type Channels = Capacity['channels'];

/** Channels of which something may have to go back by now. */
export const dueChannels = (
  { from, byChoice }: Gone,
  channels: Channels,
  live: ReadonlySet<ChannelKind>,
  now: Date,
): ChannelKind[] =>
  (Object.keys(channels) as ChannelKind[]).filter((channel) => {
    const { returnSeconds } = channels[channel];
    return returnSeconds !== null && ((byChoice && live.has(channel)) || isOver(from, returnSeconds, now));
  });

/**
 * null: the conversation stays with its agent. Who chooses to go leaves all whose customers are there, who is cut off only those
 * that wait for us: they may be back before the others do. What somebody was given while gone has a time of its own.
 */
export function returnOf(
  { channel, waitingSince, givenAt }: Held,
  { from, byChoice }: Gone,
  channels: Channels,
  live: ReadonlySet<ChannelKind>,
  now: Date,
): Return | null {
  const { returnSeconds } = channels[channel];
  if (returnSeconds === null) return null;
  if (byChoice && live.has(channel) && givenAt <= from) return { afterSeconds: null };
  const since = givenAt > from ? givenAt : from;
  if (waitingSince === null || !isOver(since, returnSeconds, now)) return null;
  return { afterSeconds: Math.round((now.getTime() - since.getTime()) / 1000) };
}

const isOver = (from: Date, seconds: number, now: Date): boolean => now.getTime() - from.getTime() >= seconds * 1000;
