import { Inject, Injectable } from '@nestjs/common';
import type { Passing } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { Sockets } from '../../platform/live/sockets.ts';
import type { Stages } from '../../platform/stages/stages.ts';
import { STAGES } from '../../platform/tokens.ts';
import { Agents } from '../agents/index.ts';
import { AppendEntry, type Ticket } from '../tickets/index.ts';

/** An agent who has as many in work is given no more; the rest waits and is seen under "Unassigned". */
const MOST_IN_WORK = 20;

/** Gives a ticket that waits to the ready agent of its queue who has the least in work; between equals, to who got work longest ago. */
@Injectable()
export class AssignTicket {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(STAGES) private readonly stages: Stages,
  ) {}

  /** False: nobody can take it now. */
  async run(ticketId: string): Promise<boolean> {
    const waiting = await this.tickets.findById(ticketId).lean<Ticket>();
    if (waiting === null || waiting.assigneeId !== null || !waiting.active) return true;
    const chosen = await this.leastLoaded(waiting.queueId);
    if (chosen === null) return false;
    const appended = await this.append.to(ticketId, (ticket) => {
      if (ticket.assigneeId !== null || !ticket.active || ticket.queueId !== waiting.queueId) return null;
      return {
        topic: 'ticket.assigned',
        entry: {
          type: 'event',
          author: { kind: 'system', id: null, name: 'Switchboard' },
          event: 'assignee.changed',
          from: null,
          to: chosen.name,
        },
        patch: { assigneeId: chosen.id },
      };
    });
    if (appended.ok) this.tell(chosen.id, appended.ticket);
    this.stages.passed('ticket.assigned', ticketId);
    return true;
  }

  private async leastLoaded(queueId: string): Promise<{ id: string; name: string } | null> {
    const ready = await this.agents.readyFor(queueId);
    const loads = await Promise.all(ready.map(async (agent) => ({ agent, ...(await this.loadOf(agent.id)) })));
    const free = loads.filter(({ inWork }) => inWork < MOST_IN_WORK);
    return free.toSorted((a, b) => a.inWork - b.inWork || a.lastAt - b.lastAt)[0]?.agent ?? null;
  }

  private async loadOf(agentId: string): Promise<{ inWork: number; lastAt: number }> {
    const filter = { assigneeId: agentId, active: true };
    const [inWork, last] = await Promise.all([
      this.tickets.countDocuments(filter),
      this.tickets.findOne(filter, { updatedAt: 1 }).sort({ updatedAt: -1 }).lean<Ticket>(),
    ]);
    return { inWork, lastAt: last?.updatedAt.getTime() ?? 0 };
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
