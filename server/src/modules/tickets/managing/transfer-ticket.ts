import { Inject, Injectable } from '@nestjs/common';
import type { Api, Call, Passing } from '@switchboard/contract';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Sockets } from '../../../platform/live/sockets.ts';
import { TicketAccess } from '../ticket-access.ts';
import type { Ticket } from '../ticket.schema.ts';
import { AddNote } from './add-note.ts';
import { UpdateTicket } from './update-ticket.ts';

/** The note first: whoever is told of the ticket finds it there, and who loses sight of the ticket has written it. */
@Injectable()
export class TransferTicket {
  constructor(
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(UpdateTicket) private readonly update: UpdateTicket,
    @Inject(AddNote) private readonly notes: AddNote,
    @Inject(Sockets) private readonly sockets: Sockets,
  ) {}

  async run(
    caller: Caller,
    ticketId: string | undefined,
    { clientId, to, note }: Call<Api['tickets.transfer']>['body'],
  ): Promise<Ticket> {
    const before = await this.access.require(caller, ticketId);
    const wanted = 'agentId' in to ? { assigneeId: to.agentId } : { queueId: to.queueId };
    await this.update.check(wanted, before);
    if (note !== '') await this.notes.run(caller, before._id, { clientId, text: note });
    const ticket = await this.update.run(caller, before._id, wanted);
    const { assigneeId } = ticket;
    if (assigneeId !== null && assigneeId !== before.assigneeId && assigneeId !== caller.id)
      this.tell(assigneeId, ticket, caller.name);
    return ticket;
  }

  private tell(agentId: string, { _id, number, customerName }: Ticket, by: string): void {
    const event: Passing = { type: 'assigned', ticketId: _id, number, customer: customerName, by };
    this.sockets.emit('/console', `agent:${agentId}`, 'passing', event);
  }
}
