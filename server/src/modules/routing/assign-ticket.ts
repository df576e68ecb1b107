import { Inject, Injectable } from '@nestjs/common';
import type { Passing } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import { CLOCK, STAGES } from '../../platform/tokens.ts';
import type { FlowStages } from '../flow/index.ts';
import { AppendEntry, type Appended, type Ticket } from '../tickets/index.ts';
import { Decisions } from './decisions.ts';
import { JudgeTicket, type Judgement } from './judge-ticket.ts';
import { LoadGuard } from './load-guard.ts';
import { OverflowTicket } from './overflow-ticket.ts';
import { Standings } from './standings.ts';
import { workOf } from './work-of-agents.ts';

/** Claims that others were faster with; then the sweep tries again. */
const MOST_TRIES = 50;
/** Work that was read so lately need not be read again before it is claimed by: the claim itself sees what others claimed since. */
const SURE_MS = 50;
type Decision = ReturnType<Judgement['decide']>;
type Person = { id: string; name: string };

/** Gives a ticket that waits to an agent of its queue (decide.ts), and keeps why. */
@Injectable()
export class AssignTicket {
  constructor(
    @Inject(JudgeTicket) private readonly judge: JudgeTicket,
    @Inject(Standings) private readonly standings: Standings,
    @Inject(LoadGuard) private readonly guard: LoadGuard,
    @Inject(OverflowTicket) private readonly overflow: OverflowTicket,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STAGES) private readonly stages: FlowStages,
  ) {}

  /** False: nobody can take it now. */
  async run(waiting: Ticket): Promise<boolean> {
    const judgement = await this.judge.of(waiting);
    const { moveTo } = judgement.reach;
    // There it is looked at when that has happened.
    if (moveTo !== null && (await this.overflow.run(waiting, moveTo))) return true;
    const decision = await this.claim(waiting, judgement);
    const { winner } = decision;
    if (winner === null) {
      await this.decisions.keep(waiting._id, decision);
      return false;
    }
    const appended = await this.give(waiting, winner);
    if (appended.ok) this.tell(winner.id, appended.ticket);
    await Promise.all([
      appended.ok && this.decisions.keep(appended.entry._id, decision),
      this.guard.release(winner.id, waiting._id),
    ]);
    if (appended.ok) this.standings.given(winner.id, workOf(waiting));
    else await this.standings.readWork([winner.id]);
    this.stages.passed('ticket.assigned', waiting._id);
    return true;
  }

  /** Who is chosen by what is remembered is read again and has to be chosen by that, too. */
  private async claim({ _id: ticketId, channel }: Ticket, { reach, decide }: Judgement): Promise<Decision> {
    const sure = new Set<string>();
    for (let tries = 0; ; tries += 1) {
      const standings = this.standings.of(reach.queueIds);
      const decision = decide(standings);
      const { winner } = decision;
      if (winner === null) return decision;
      if (tries === MOST_TRIES) return { ...decision, winner: null };
      const own = standings.find(({ member }) => member.agent.id === winner.id)?.own;
      const isFresh = own != null && this.clock.now().getTime() - own.readAt < SURE_MS && tries === 0;
      if (own != null && (isFresh || sure.has(winner.id))) {
        if (await this.guard.claim(own.load, { ticketId, channel })) return decision;
      }
      sure.add(winner.id);
      await this.standings.readWork([winner.id]);
    }
  }

  private give(waiting: Ticket, winner: Person): Promise<Appended> {
    return this.append.to(
      waiting._id,
      (ticket) => {
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
      },
      undefined,
      waiting,
    );
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
