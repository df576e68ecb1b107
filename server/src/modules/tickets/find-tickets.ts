import { Inject, Injectable } from '@nestjs/common';
import type { TicketRow } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Caller } from '../../platform/http/hub-request.ts';
import { prefixOf, searchWords } from '../customers/index.ts';
import { TicketViews } from './ticket.view.ts';
import type { Ticket } from './ticket.schema.ts';

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
    const found = await this.tickets
      .find({ $and: [...filters, ...scope] })
      .sort({ updatedAt: -1 })
      .limit(limit)
      .lean<Ticket[]>();
    return this.views.rows(caller, found);
  }
}
