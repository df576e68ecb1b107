import { Inject, Injectable } from '@nestjs/common';
import type { Passing } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { Sockets } from '../../platform/live/sockets.ts';
import { STAGES } from '../../platform/tokens.ts';
import type { FlowStages } from '../flow/index.ts';
import { Agents } from '../agents/index.ts';
import { AppendEntry, type Ticket } from '../tickets/index.ts';
import { decide, type Candidate } from './decide.ts';
import { Decisions } from './decisions.ts';

/** Gives a ticket that waits to an agent of its queue (decide.ts), and keeps why. */
@Injectable()
export class AssignTicket {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(STAGES) private readonly stages: FlowStages,
  ) {}

  /** False: nobody can take it now. */
  async run(ticketId: string): Promise<boolean> {
    const waiting = await this.tickets.findById(ticketId).lean<Ticket>();
    if (waiting === null || waiting.assigneeId !== null || !waiting.active) return true;
    const decision = decide(await this.candidates(waiting.queueId));
    const { winner } = decision;
    if (winner === null) {
      await this.decisions.keep(ticketId, decision);
      return false;
    }
    const appended = await this.append.to(ticketId, (ticket) => {
      if (ticket.assigneeId !== null || !ticket.active || ticket.queueId !== waiting.queueId) return null;
      return {
        topic: 'ticket.assigned',
        entry: {
          type: 'event',
          author: { kind: 'system', id: null, name: 'Switchboard' },
          event: 'assignee.changed',
          from: null,
          to: winner.name,
        },
        patch: { assigneeId: winner.id },
      };
    });
    if (appended.ok) {
      this.tell(winner.id, appended.ticket);
      await this.decisions.keep(appended.entry._id, decision);
    }
    this.stages.passed('ticket.assigned', ticketId);
    return true;
  }

  private async candidates(queueId: string): Promise<Candidate[]> {
    const members = await this.agents.membersOf(queueId);
    return Promise.all(
      members.map(async ({ agent, state }) => ({
        agent,
        state,
        load: state === 'ready' ? await this.loadOf(agent.id) : null,
      })),
    );
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
