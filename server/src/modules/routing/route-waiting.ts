import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Ticket } from '../tickets/index.ts';
import { Queues } from '../queues/index.ts';
import { AssignTicket } from './assign-ticket.ts';
import { Offers } from './offers/offers.ts';
import { byRank, byTurn, headOf, isStuck, leave, linesOf, MOST_ROUNDS, type Line } from './turns.ts';

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
    for (const priority of byRank)
      await this.rank(
        lines.filter((line) => line.priority === priority),
        offered,
      );
  }

  private async rank(all: Line[], offered: readonly string[]): Promise<void> {
    let lines = all;
    for (let round = 0; lines.length > 0 && round < MOST_ROUNDS; round += 1) {
      const most = headOf(round);
      const heads = await Promise.all(lines.map((line) => this.head(line, most, offered)));
      const waiting = heads.flatMap((head, at) => head.map((ticket) => ({ ticket, line: lines[at] as Line })));
      waiting.sort(byTurn);
      for (const { ticket, line } of waiting)
        if (!isStuck(line, ticket) && !(await this.assign.run(ticket))) leave(line, ticket);
      lines = lines.filter((_, at) => heads[at]?.length === most);
    }
  }

  private async lines(queueIds: readonly string[]): Promise<Line[]> {
    const waits = await Promise.all(queueIds.map((queueId) => this.tickets.exists({ queueId, ...unassigned })));
    return queueIds.filter((_, at) => waits[at] !== null).flatMap(linesOf);
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

const unassigned = { assigneeId: null, active: true } as const;
