import { Inject, Injectable } from '@nestjs/common';
import { Priority, type ChannelKind } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Ticket } from '../tickets/index.ts';
import { Queues } from '../queues/index.ts';
import { AssignTicket } from './assign-ticket.ts';
import { Offers } from './offers/offers.ts';

/** The first of a queue's tickets of one priority that are looked at: few where one place came free, then more and more. */
const HEAD = 5;
const MOST_DOUBLINGS = 5;
const MOST_ROUNDS = 50;

/** Tickets of one queue and priority: the oldest first, and it is the one for which its queue has relaxed the most. */
interface Line {
  readonly queueId: string;
  readonly priority: Priority;
  /** Channels that nobody has room for: where the older found nobody, the younger need not be tried. */
  readonly stuck: Set<ChannelKind>;
  /** The same of those that overflowed into the queue: they do not go where others of it may still go. */
  readonly stuckMoved: Set<string>;
}

/** Gives out what waits in some queues: the most pressing, then the oldest first. */
@Injectable()
export class RouteWaiting {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Offers) private readonly offers: Offers,
    @Inject(AssignTicket) private readonly assign: AssignTicket,
  ) {}

  async run(queueIds: readonly string[]): Promise<void> {
    const lines = await this.lines(queueIds);
    const offered = await this.offeredIn(lines);
    // One after the other: behind the head of a line may be more that goes before what is less pressing.
    for (const priority of Priority.options.toReversed())
      await this.rank(
        lines.filter((line) => line.priority === priority),
        offered,
      );
  }

  private async rank(all: Line[], offered: readonly string[]): Promise<void> {
    let lines = all;
    for (let round = 0; lines.length > 0 && round < MOST_ROUNDS; round += 1) {
      const most = HEAD * 2 ** Math.min(round, MOST_DOUBLINGS);
      const heads = await Promise.all(lines.map((line) => this.head(line, most, offered)));
      const waiting = heads.flatMap((head, at) => head.map((ticket) => ({ ticket, line: lines[at] as Line })));
      waiting.sort((a, b) => +a.ticket.createdAt - +b.ticket.createdAt);
      for (const { ticket, line } of waiting)
        if (!isStuck(line, ticket) && !(await this.assign.run(ticket))) leave(line, ticket);
      lines = lines.filter((_, at) => heads[at]?.length === most);
    }
  }

  private async lines(queueIds: readonly string[]): Promise<Line[]> {
    const waits = await Promise.all(queueIds.map((queueId) => this.tickets.exists({ queueId, ...unassigned })));
    return queueIds
      .filter((_, at) => waits[at] !== null)
      .flatMap((queueId) =>
        Priority.options.map((priority) => ({
          queueId,
          priority,
          stuck: new Set<ChannelKind>(),
          stuckMoved: new Set<string>(),
        })),
      );
  }

  /** Somebody is looking at those: they are in nobody's way. */
  private async offeredIn(lines: readonly Line[]): Promise<string[]> {
    const queueIds = [...new Set(lines.map(({ queueId }) => queueId))];
    return queueIds.length === 0 ? [] : this.offers.ticketsIn(queueIds);
  }

  private head({ queueId, priority, stuck }: Line, most: number, offered: readonly string[]): Promise<Ticket[]> {
    return this.tickets
      .find({
        queueId,
        ...unassigned,
        priority,
        ...(stuck.size > 0 && { channel: { $nin: [...stuck] } }),
        ...(offered.length > 0 && { _id: { $nin: offered } }),
      })
      .sort({ createdAt: 1, _id: 1 })
      .limit(most)
      .lean<Ticket[]>()
      .exec();
  }
}

const movedKey = ({ channel, overflowedFrom = [] }: Ticket): string => [channel, ...overflowedFrom].join(' ');
const isMoved = ({ overflowedFrom = [] }: Ticket): boolean => overflowedFrom.length > 0;
const isStuck = (line: Line, ticket: Ticket): boolean =>
  line.stuck.has(ticket.channel) || (isMoved(ticket) && line.stuckMoved.has(movedKey(ticket)));

function leave(line: Line, ticket: Ticket): void {
  if (isMoved(ticket)) line.stuckMoved.add(movedKey(ticket));
  else line.stuck.add(ticket.channel);
}

const unassigned = { assigneeId: null, active: true } as const;
