import { Inject, Injectable } from '@nestjs/common';
import type { Capacity, Passing } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { CLOCK, STAGES } from '../../platform/tokens.ts';
import type { FlowStages } from '../flow/index.ts';
import { Agents } from '../agents/index.ts';
import { Organisations } from '../organisation/index.ts';
import { AppendEntry, type Ticket } from '../tickets/index.ts';
import { loadOf } from './capacity.ts';
import { decide, type Candidate } from './decide.ts';
import { Decisions } from './decisions.ts';
import { WorkOfAgents } from './work-of-agents.ts';

/** Gives a ticket that waits to an agent of its queue (decide.ts), and keeps why. */
@Injectable()
export class AssignTicket {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(WorkOfAgents) private readonly work: WorkOfAgents,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STAGES) private readonly stages: FlowStages,
  ) {}

  /** False: nobody can take it now. */
  async run(ticketId: string): Promise<boolean> {
    const waiting = await this.tickets.findById(ticketId).lean<Ticket>();
    if (waiting === null || waiting.assigneeId !== null || !waiting.active) return true;
    const { capacity } = await this.organisations.read();
    const decision = decide(await this.candidates(waiting.queueId, capacity), capacity.channels[waiting.channel]);
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

  private async candidates(queueId: string, { perAgent, channels }: Capacity): Promise<Candidate[]> {
    const members = await this.agents.membersOf(queueId);
    const inWork = await this.work.of(members.flatMap(({ agent, state }) => (state === 'ready' ? [agent.id] : [])));
    const now = this.clock.now();
    return members.map(({ agent, state, capacity }) => {
      const own = inWork.get(agent.id);
      if (state !== 'ready' || own === undefined) return { agent, state: state === 'ready' ? 'busy' : state };
      const load = loadOf(own.works, channels, now);
      return { agent, state, load, capacity: capacity ?? perAgent, lastAt: own.lastAt };
    });
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
