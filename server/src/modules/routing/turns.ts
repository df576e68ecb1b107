import { Priority, type ChannelKind } from '@switchboard/contract';

/** In which order what waits has its turn. The routing and its lab both go by this. */

/** The first of a queue's tickets of one priority that are looked at: few where one place came free, then more and more. */
const HEAD = 5;
const MOST_DOUBLINGS = 5;
export const MOST_ROUNDS = 50;
export const headOf = (round: number): number => HEAD * 2 ** Math.min(round, MOST_DOUBLINGS);

/** Tickets of one queue and priority: the oldest first, and it is the one for which its queue has relaxed the most. */
export interface Line {
  readonly queueId: string;
  readonly priority: Priority;
  /** Channels that nobody has room for: where the older found nobody, the younger need not be tried. */
  readonly stuck: Set<ChannelKind>;
  /** The same of those that overflowed into the queue: they do not go where others of it may still go. */
  readonly stuckMoved: Set<string>;
}
interface InLine {
  readonly channel: ChannelKind;
  readonly createdAt: Date;
  readonly overflowedFrom?: readonly string[];
}

export const linesOf = (queueId: string): Line[] =>
  Priority.options.map((priority) => ({ queueId, priority, stuck: new Set(), stuckMoved: new Set() }));

/** The most pressing first: what is less pressing waits for all of it. */
export const byRank: readonly Priority[] = Priority.options.toReversed();
/** Of one priority: the oldest first. */
export const byTurn = ({ ticket: a }: { ticket: InLine }, { ticket: b }: { ticket: InLine }): number =>
  +a.createdAt - +b.createdAt;

export const isStuck = (line: Line, ticket: InLine): boolean =>
  line.stuck.has(ticket.channel) || (isMoved(ticket) && line.stuckMoved.has(movedKey(ticket)));

/** Nobody can take it now. */
export function leave(line: Line, ticket: InLine): void {
  if (isMoved(ticket)) line.stuckMoved.add(movedKey(ticket));
  else line.stuck.add(ticket.channel);
}

const movedKey = ({ channel, overflowedFrom = [] }: InLine): string => [channel, ...overflowedFrom].join(' ');
const isMoved = ({ overflowedFrom = [] }: InLine): boolean => overflowedFrom.length > 0;
