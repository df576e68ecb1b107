import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { StoredEntry } from '../entry.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

/** What happened to a ticket and what each change made of it, for those who reckon; without what was said. */
@Injectable()
export class ReadHistory {
  constructor(@Inject('entries') private readonly entries: Model<StoredEntry>) {}

  /** The changes after seq `after`, up to the ticket as it was read, in order. */
  of({ _id, seq }: Pick<Ticket, '_id' | 'seq'>, after: number): Promise<StoredEntry[]> {
    return this.entries
      .find({ ticketId: _id, seq: { $gt: after, $lte: seq } }, { parts: 0, quoted: 0, text: 0 })
      .sort({ seq: 1 })
      .lean<StoredEntry[]>()
      .exec();
  }
}
