import { Inject, Injectable } from '@nestjs/common';
import type { ChannelKind } from '@switchboard/contract';
import type { Model, QueryFilter } from 'mongoose';
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

  /** Where some channels are stuck the others are read each by itself: not past all that wait in the stuck ones. */
  private async head(line: Line, most: number, offered: readonly string[]): Promise<Ticket[]> {
    const { queueId, priority, stuck } = line;
    const inLine = { queueId, ...unassigned, priority, ...(offered.length > 0 && { _id: { $nin: offered } }) };
    if (stuck.size === 0) return this.oldest(inLine, most);
    const heads = (await this.otherChannels(line)).map((channel) => this.oldest({ ...inLine, channel }, most));
    const tickets = (await Promise.all(heads)).flat().map((ticket) => ({ ticket }));
    return tickets
      .sort(byTurn)
      .slice(0, most)
      .map(({ ticket }) => ticket);
  }

  private oldest(filter: QueryFilter<Ticket>, most: number): Promise<Ticket[]> {
    return this.tickets.find(filter).sort({ createdAt: 1, _id: 1 }).limit(most).lean<Ticket[]>().exec();
  }

  /** Of what waits in the line, but for the stuck: from one channel to the next in the index. */
  private async otherChannels({ queueId, priority, stuck }: Line): Promise<ChannelKind[]> {
    const channels: ChannelKind[] = [];
    let last: ChannelKind | null = null;
    for (;;) {
      const behind: QueryFilter<Ticket> = last === null ? {} : { channel: { $gt: last } };
      const next: Pick<Ticket, 'channel'> | null = await this.tickets
        .findOne({ queueId, ...unassigned, priority, ...behind }, { channel: 1 })
        .sort({ channel: 1 })
        .lean<Pick<Ticket, 'channel'>>();
      if (next === null) return channels;
      last = next.channel;
      if (!stuck.has(last)) channels.push(last);
    }
  }
}

const unassigned = { assigneeId: null, active: true } as const;
