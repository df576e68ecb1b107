import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { quickInsert } from '../../../platform/database/quick.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import { blankTicket, type Opening } from './blank-ticket.ts';
import type { Counter } from './counter.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

@Injectable()
export class OpenTicket {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject('counters') private readonly counters: Model<Counter>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async run(opening: Opening): Promise<Ticket> {
    const ticket = blankTicket(opening, { _id: this.newId(), number: await this.nextNumber(), now: this.clock.now() });
    try {
      await quickInsert(this.tickets, ticket);
      return ticket;
    } catch (error) {
      if (!isDuplicate(error, 'openedBy')) throw error;
      const winner = await this.find(opening.openedBy);
      if (winner === null) throw error;
      return winner;
    }
  }

  private find(openedBy: string): Promise<Ticket | null> {
    return this.tickets.findOne({ openedBy }).lean<Ticket>();
  }

  /** Counts up for all processes; a number may be skipped, never given twice. */
  private async nextNumber(): Promise<number> {
    const counter = await this.counters
      .findOneAndUpdate({ _id: 'ticket-number' }, { $inc: { value: 1 } }, { upsert: true, returnDocument: 'after' })
      .lean<Counter>();
    return 1000 + (counter?.value ?? 1);
  }
}
