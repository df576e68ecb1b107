import { Inject, Injectable } from '@nestjs/common';
import type { Passing } from '@switchboard/contract';
import { Sockets } from '../../platform/live/sockets.ts';
import { AppendEntry, type Ticket } from '../tickets/index.ts';
import { Decisions, type Decided } from './decisions.ts';

interface Gift {
  readonly ticketId: string;
  readonly agent: { readonly id: string; readonly name: string };
  /** The decision itself, or under which id it was kept. */
  readonly decision?: Decided;
  readonly decisionId?: string;
  /** As it was just read, where it was: in another queue it is not given any more. */
  readonly known?: Ticket;
}

/** A ticket that is with nobody becomes an agent's, and they are told. */
@Injectable()
export class GiveTicket {
  constructor(
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Sockets) private readonly sockets: Sockets,
  ) {}

  /** False: somebody has it, or it needs nobody any more. It is also true where the agent has it already. */
  async run({ ticketId, agent, decision, decisionId, known }: Gift): Promise<boolean> {
    const appended = await this.append.to(
      ticketId,
      (ticket) => {
        if (ticket.assigneeId !== null || !ticket.active) return null;
        if (known !== undefined && ticket.queueId !== known.queueId) return null;
        return {
          topic: 'ticket.assigned',
          entry: {
            type: 'event',
            author: { kind: 'system', id: null, name: 'Switchboard' },
            event: 'assignee.changed',
            from: null,
            to: agent.name,
          },
          patch: { assigneeId: agent.id },
        };
      },
      undefined,
      known,
    );
    if (!appended.ok) return appended.ticket.assigneeId === agent.id;
    this.tell(agent.id, appended.ticket);
    const why = decision ?? (decisionId === undefined ? null : await this.decisions.of(decisionId));
    if (why !== null) await this.decisions.keep(appended.entry._id, why);
    return true;
  }

  private tell(agentId: string, ticket: Ticket): void {
    const event: Passing = {
      type: 'assigned',
      ticketId: ticket._id,
      number: ticket.number,
      customer: ticket.customerName,
    };
    this.sockets.emit('/console', `agent:${agentId}`, 'passing', event);
  }
}
