import { Inject, Injectable } from '@nestjs/common';
import type { TicketRow } from '@switchboard/contract';
import type { Model, QueryFilter } from 'mongoose';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { prefixOf, searchWords } from '../../customers/index.ts';
import { TicketViews } from '../ticket.view.ts';
import type { Ticket } from '../ticket.schema.ts';

/** Above it, a word is common. */
const MOST_SORTED = 500;
const MOST_WALKED = 5_000;

@Injectable()
export class FindTickets {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(TicketViews) private readonly views: TicketViews,
  ) {}

  /** Every typed word must begin a word of number, subject, customer or address; the latest change first. */
  async run(caller: Caller, q: string, limit: number): Promise<TicketRow[]> {
    const words = searchWords(q);
    if (words.length === 0) return [];
    const theirs = { $or: [{ queueId: { $in: caller.queueIds } }, { assigneeId: caller.id }] };
    const scope = caller.role === 'agent' ? [theirs] : [];
    // The longest word narrows most: its range of the index is walked, the others are checked.
    const filters = words.toSorted((a, b) => b.length - a.length).map((word) => ({ words: prefixOf(word) }));
    const rare = await this.isRare(filters[0]);
    const found = await this.tickets
      .find({ $and: [...filters, ...scope, ...(rare ? [] : await this.recent())] })
      // A planner would rather read whole queues.
      .hint(rare ? { words: 1 } : { updatedAt: -1, _id: -1 })
      .sort({ updatedAt: -1, _id: -1 })
      .limit(limit)
      .lean<Ticket[]>();
    return this.views.rows(caller, found);
  }

  /** All that have it can be sorted at once. */
  private async isRare(filter: QueryFilter<Ticket> = {}): Promise<boolean> {
    const some = await this.tickets
      .find(filter, { _id: 1 })
      .limit(MOST_SORTED + 1)
      .lean<Ticket[]>();
    return some.length <= MOST_SORTED;
  }

  /** What many tickets have is looked for in those that changed last, newest first, and found there soon. */
  private async recent(): Promise<QueryFilter<Ticket>[]> {
    const oldest = await this.tickets
      .findOne({}, { updatedAt: 1 })
      .sort({ updatedAt: -1, _id: -1 })
      .skip(MOST_WALKED)
      .lean<Ticket>();
    return oldest === null ? [] : [{ updatedAt: { $gt: oldest.updatedAt } }];
  }
}
