import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { Customers, type Customer, type CustomerRenamed } from '../../customers/index.ts';
import { AppendEntry } from '../changing/append-entry.ts';
import { ticketWords } from '../ticket-words.ts';
import type { Ticket } from '../ticket.schema.ts';

/** A customer's new name in every ticket of theirs: told live where it is somebody's work, quietly in the others. */
@Injectable()
export class RenameCustomer {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(AppendEntry) private readonly append: AppendEntry,
  ) {}

  async run({ customerId, by }: CustomerRenamed): Promise<void> {
    const customer = await this.customers.byId(customerId);
    if (customer === null) return;
    const stale = await this.tickets.find({ customerId, customerName: { $ne: customer.name } }).lean<Ticket[]>();
    for (const ticket of stale) {
      if (ticket.active) await this.tell(ticket._id, customer, by);
      else await this.tickets.updateOne({ _id: ticket._id }, { $set: namesOf(ticket, customer) });
    }
  }

  private async tell(ticketId: string, customer: Customer, by: CustomerRenamed['by']): Promise<void> {
    await this.append.to(ticketId, (ticket) =>
      ticket.customerName === customer.name
        ? null
        : {
            topic: 'ticket.changed',
            entry: {
              type: 'event',
              author: { kind: 'agent', ...by },
              event: 'customer.changed',
              from: ticket.customerName,
              to: customer.name,
            },
            patch: namesOf(ticket, customer),
          },
    );
  }
}

const namesOf = (ticket: Ticket, customer: Customer): Partial<Ticket> => ({
  customerName: customer.name,
  words: ticketWords(ticket, customer),
});
