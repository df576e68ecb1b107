import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Ticket } from '../tickets/index.ts';
import { Queues } from '../queues/index.ts';
import { AssignTicket } from './assign-ticket.ts';
import { Offers } from './offers/offers.ts';
import { byRank, byTurn, headOf, isStuck, leave, linesOf, MOST_ROUNDS, type Line } from './turns.ts';

/** The first that wait in a line. */
interface Head {
  readonly line: Line;
  readonly tickets: Ticket[];
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
    const [lines, offered] = await Promise.all([this.lines(queueIds), this.offeredIn(queueIds)]);
    // Read at once, gone through one priority after the other: behind a head may be more that goes before what presses less.
    const heads = await this.heads(lines, 0, offered);
    for (const priority of byRank)
      await this.rank(
        heads.filter(({ line }) => line.priority === priority),
        offered,
      );
  }

  private async rank(first: Head[], offered: readonly string[]): Promise<void> {
    let heads = first;
    for (let round = 0; heads.length > 0; round += 1) {
      const waiting = heads.flatMap(({ line, tickets }) => tickets.map((ticket) => ({ ticket, line })));
      waiting.sort(byTurn);
      for (const { ticket, line } of waiting)
        if (!isStuck(line, ticket) && !(await this.assign.run(ticket))) leave(line, ticket);
      const full = heads.filter(({ tickets }) => tickets.length === headOf(round)).map(({ line }) => line);
      heads = round + 1 < MOST_ROUNDS ? await this.heads(full, round + 1, offered) : [];
    }
  }

  private heads(lines: readonly Line[], round: number, offered: readonly string[]): Promise<Head[]> {
    return Promise.all(lines.map(async (line) => ({ line, tickets: await this.head(line, headOf(round), offered) })));
  }

  private async lines(queueIds: readonly string[]): Promise<Line[]> {
    const waits = await Promise.all(queueIds.map((queueId) => this.tickets.exists({ queueId, ...unassigned })));
    return queueIds.filter((_, at) => waits[at] !== null).flatMap(linesOf);
  }

  /** Somebody is looking at those: they are in nobody's way. */
  private async offeredIn(queueIds: readonly string[]): Promise<string[]> {
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
