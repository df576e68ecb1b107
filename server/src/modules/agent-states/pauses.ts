import type { ChannelKind } from '@switchboard/contract';
import type { Pause } from '../agents/index.ts';

/** So many are kept of one spell. */
const MOST = 50;

/** The pauses of a spell after others are paused; what was paused for no time at all is none. */
export function pausesAfter(before: readonly Pause[], paused: readonly ChannelKind[], now: Date): Pause[] {
  const goesOn = ({ channel, to }: Pause) => to === null && paused.includes(channel);
  const ended = before
    .map((pause) => (pause.to !== null || goesOn(pause) ? pause : { ...pause, to: now }))
    .filter(({ from, to }) => to === null || to > from);
  const begun = paused
    .filter((channel) => !before.some((pause) => pause.channel === channel && goesOn(pause)))
    .map((channel) => ({ channel, from: now, to: null }));
  return [...ended, ...begun].slice(-MOST);
}

/** Those with which a spell begins. */
export const pausesFrom = (paused: readonly ChannelKind[], from: Date): Pause[] =>
  paused.map((channel) => ({ channel, from, to: null }));
