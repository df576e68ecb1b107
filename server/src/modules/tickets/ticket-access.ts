import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { mayRead } from '../agents/index.ts';
import type { Ticket } from './ticket.schema.ts';

export const inScope = (caller: Caller, ticket: Pick<Ticket, 'queueId' | 'assigneeId'>): boolean =>
  mayRead(caller, ticket.queueId) || ticket.assigneeId === caller.id;

/** The `/console` sockets that have a ticket open. */
export const ticketRoom = (ticketId: string): string => `ticket:${ticketId}`;

/** The first line of every use case: the ticket, if it is in this agent's scope. */
@Injectable()
export class TicketAccess {
  constructor(@Inject('tickets') private readonly tickets: Model<Ticket>) {}

  async may(caller: Caller, ticketId: string): Promise<boolean> {
    const ticket = await this.tickets.findById(ticketId, { queueId: 1, assigneeId: 1 }).lean<Ticket>();
    return ticket !== null && inScope(caller, ticket);
  }

  /** By id or by number. One that may not be seen is answered like one that is not there. */
  async require(caller: Caller, idOrNumber: string | undefined): Promise<Ticket> {
    const filter = /^\d{1,15}$/.test(idOrNumber ?? '') ? { number: Number(idOrNumber) } : { _id: idOrNumber ?? '' };
    const ticket = await this.tickets.findOne(filter).lean<Ticket>();
    if (ticket === null || !inScope(caller, ticket))
      throw new HubError('not-found', 'There is no such ticket, or it is in a queue of others');
    return ticket;
  }
}
