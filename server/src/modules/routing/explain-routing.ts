import { Inject, Injectable } from '@nestjs/common';
import type { ExpectedWait, TicketRouting } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { FindAssignment, TicketAccess, type Ticket } from '../tickets/index.ts';
import { Decisions } from './decisions.ts';
import { JudgeTicket } from './judge-ticket.ts';
import { Offers } from './offers/offers.ts';
import { Standings } from './standings.ts';
import { ExpectWait } from './wait/expect-wait.ts';

/** Of what does not wait. */
const nothing = { ahead: null, wait: null, returned: null } as const;

/** Why a ticket is with whom it is; why it waits is judged anew, for what kept it from somebody may have passed. */
@Injectable()
export class ExplainRouting {
  constructor(
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(FindAssignment) private readonly assignments: FindAssignment,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(JudgeTicket) private readonly judge: JudgeTicket,
    @Inject(Offers) private readonly offers: Offers,
    @Inject(Standings) private readonly standings: Standings,
    @Inject(ExpectWait) private readonly expect: ExpectWait,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(caller: Caller, ticketId: string | undefined): Promise<TicketRouting> {
    const ticket = await this.access.require(caller, ticketId);
    return { ...(await this.why(ticket)), offers: await this.offersOf(ticket._id) };
  }

  async wait(caller: Caller, ticketId: string | undefined): Promise<{ wait: ExpectedWait | null }> {
    const ticket = await this.access.require(caller, ticketId);
    if (ticket.assigneeId !== null || !ticket.active) return { wait: null };
    return { wait: await this.expect.at(ticket.queueId, (await this.expect.ahead(ticket)) + 1) };
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
      return { assignment: given?.view ?? null, routing, ...nothing };
    }
    if (!ticket.active) return { assignment: null, routing: null, ...nothing };
    const judgement = await this.judge.of(ticket);
    const standings = await this.standings.lookAt(judgement.reach.queueIds);
    const at = this.clock.now().toISOString();
    const ahead = await this.expect.ahead(ticket);
    return {
      assignment: null,
      routing: { at, ...judgement.decide(standings) },
      ahead,
      wait: await this.expect.at(ticket.queueId, ahead + 1),
      returned: await this.assignments.lastReturn(ticket._id),
    };
  }
}
