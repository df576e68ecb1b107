import { Inject, Injectable } from '@nestjs/common';
import { Priority, type TicketRouting } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { FindAssignment, TicketAccess, type Ticket } from '../tickets/index.ts';
import { Decisions } from './decisions.ts';
import { JudgeTicket } from './judge-ticket.ts';
import { Offers } from './offers/offers.ts';
import { Standings } from './standings.ts';

/** Why a ticket is with whom it is; why it waits is judged anew, for what kept it from somebody may have passed. */
@Injectable()
export class ExplainRouting {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(FindAssignment) private readonly assignments: FindAssignment,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(JudgeTicket) private readonly judge: JudgeTicket,
    @Inject(Offers) private readonly offers: Offers,
    @Inject(Standings) private readonly standings: Standings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(caller: Caller, ticketId: string | undefined): Promise<TicketRouting> {
    const ticket = await this.access.require(caller, ticketId);
    return { ...(await this.why(ticket)), offers: await this.offersOf(ticket._id) };
  }

  private async offersOf(ticketId: string): Promise<TicketRouting['offers']> {
    const { open = null, past = [] } = (await this.offers.of(ticketId)) ?? {};
    return [...past, ...(open === null ? [] : [{ ...open, endedAt: null, how: null }])].map(
      ({ agent, at, endedAt, how }) => ({
        agent,
        at: at.toISOString(),
        endedAt: endedAt?.toISOString() ?? null,
        how,
      }),
    );
  }

  private async why(ticket: Ticket): Promise<Omit<TicketRouting, 'offers'>> {
    if (ticket.assigneeId !== null) {
      const given = await this.assignments.last(ticket._id);
      const routing = given?.view.how === 'routing' ? await this.decisions.of(given.entryId) : null;
      return { assignment: given?.view ?? null, routing, ahead: null };
    }
    if (!ticket.active) return { assignment: null, routing: null, ahead: null };
    const judgement = await this.judge.of(ticket);
    const standings = await this.standings.lookAt(judgement.reach.queueIds);
    const at = this.clock.now().toISOString();
    return { assignment: null, routing: { at, ...judgement.decide(standings) }, ahead: await this.ahead(ticket) };
  }

  private async ahead({ queueId, priority, createdAt }: Ticket): Promise<number> {
    const waiting = { queueId, assigneeId: null, active: true };
    const above = Priority.options.slice(Priority.options.indexOf(priority) + 1);
    const [pressing, older] = await Promise.all([
      this.tickets.countDocuments({ ...waiting, priority: { $in: above } }),
      this.tickets.countDocuments({ ...waiting, priority, createdAt: { $lt: createdAt } }),
    ]);
    return pressing + older;
  }
}
