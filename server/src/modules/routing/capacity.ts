import type { Capacity, ChannelKind, ChannelLoad } from '@switchboard/contract';

/** A ticket that somebody has in work, as far as it weighs. */
export interface Work {
  readonly ticketId: string;
  readonly channel: ChannelKind;
  /** Since when its customer waits for us; null: it is the customer's turn. */
  readonly waitingSince: Date | null;
  /** When somebody last wrote; null: nobody has. */
  readonly lastWordAt: Date | null;
  /** When its last call ended; null: one goes on. Missing: it had none. */
  readonly callOverAt?: Date | null;
}
export interface Load {
  readonly used: number;
  /** Something is in work beside which nothing else is given. */
  readonly exclusive: boolean;
}
type Channels = Capacity['channels'];

/** Sums of weights such as 0.34 are not exact. */
const ROUNDING = 1e-6;

/** From when on a ticket no longer counts, if nobody writes before that. */
export function idleFrom({ channel, waitingSince, lastWordAt, callOverAt }: Work, channels: Channels): Date | null {
  if (callOverAt != null && waitingSince === null) return callOverAt;
  const { idleMinutes } = channels[channel];
  if (idleMinutes === null || waitingSince !== null || lastWordAt === null) return null;
  return new Date(lastWordAt.getTime() + idleMinutes * 60_000);
}

export function loadOf(works: readonly Work[], channels: Channels, now: Date): Load {
  const counted = works.filter((work) => (idleFrom(work, channels) ?? Infinity) > now);
  const used = counted.reduce((sum, { channel }) => sum + channels[channel].weight, 0);
  return {
    used: Math.round(used / ROUNDING) * ROUNDING,
    exclusive: counted.some(({ channel }) => channels[channel].exclusive),
  };
}

/** What keeps another conversation from who has this load. */
export function noRoom(
  load: Load,
  capacity: number,
  wanted: Pick<ChannelLoad, 'weight' | 'exclusive'>,
): 'full' | 'exclusive' | null {
  if (load.exclusive || (wanted.exclusive && load.used > 0)) return 'exclusive';
  return load.used + wanted.weight > capacity + ROUNDING ? 'full' : null;
}
