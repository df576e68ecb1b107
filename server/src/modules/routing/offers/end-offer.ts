import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { OfferEnd, Passing } from '@switchboard/contract';
import { z } from 'zod';
import type { Bus } from '../../../platform/bus/index.ts';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import type { Jobs } from '../../../platform/jobs/index.ts';
import { Sockets } from '../../../platform/live/sockets.ts';
import { BUS, CLOCK, JOBS, NEW_ID } from '../../../platform/tokens.ts';
import { OFFER_MISSED, type MissedOffer } from '../../agent-states/index.ts';
import { GiveTicket } from '../give-ticket.ts';
import { LoadGuard } from '../load-guard.ts';
import type { OpenOffer, TicketOffers } from './offer.schema.ts';
import { Offers } from './offers.ts';

/** On the bus: an offer ended without being taken, so its ticket goes on to the next. */
export const OFFER_ENDED = 'offer.ended';
const EXPIRE = 'expire-offer';
const Data = z.object({ offerId: z.string() });
type Open = TicketOffers & { open: OpenOffer };

/** All ends of an offer. Each can be tried again: what has happened is not done twice. */
@Injectable()
export class EndOffer implements OnModuleInit {
  constructor(
    @Inject(Offers) private readonly offers: Offers,
    @Inject(GiveTicket) private readonly giving: GiveTicket,
    @Inject(LoadGuard) private readonly guard: LoadGuard,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(EXPIRE, async ({ data }) => {
      const offers = await this.offers.byId(Data.parse(data).offerId);
      if (isOpen(offers)) await this.expire(offers);
    });
  }

  /** Before it is shown: who is killed in between leaves a job without a cause, not an offer that stands for ever. */
  due({ id, until }: OpenOffer): Promise<void> {
    return this.jobs.schedule({ name: EXPIRE, key: id, dueAt: until, data: { offerId: id } });
  }

  /** What no job has ended, as its process was killed before there was one. */
  async overdue(): Promise<void> {
    for (const offers of await this.offers.overdue()) if (isOpen(offers)) await this.expire(offers);
  }

  /** The ticket needs nobody any more, or the agent can't take it. */
  async withdraw(offers: TicketOffers | null): Promise<void> {
    if (isOpen(offers) && offers.open.acceptedAt === null) await this.end(offers, 'withdrawn');
  }

  decline(offers: Open): Promise<boolean> {
    return this.end(offers, 'declined');
  }

  /** Gives the ticket to who said yes. False: somebody else has it. */
  async finish({ _id: ticketId, open }: Open): Promise<boolean> {
    const given = await this.giving.run({ ticketId, agent: open.agent, decisionId: open.id });
    const ended = await this.offers.end(open, given ? 'accepted' : 'withdrawn', { accepted: true });
    if (ended !== null) await this.clear(ticketId, open, given ? 'accepted' : 'withdrawn');
    return given;
  }

  private async expire(offers: Open): Promise<void> {
    const { open } = offers;
    if (open.acceptedAt !== null) {
      await this.finish(offers);
      return;
    }
    if (open.until > this.clock.now()) return this.due(open);
    if (!(await this.end(offers, 'missed'))) return;
    const payload: MissedOffer = { agentId: open.agent.id, ticketId: offers._id, then: open.missed };
    await this.bus.publish({ topic: OFFER_MISSED, key: open.agent.id, id: this.newId(), payload });
  }

  private async end({ _id: ticketId, open }: Open, how: Exclude<OfferEnd, 'accepted'>): Promise<boolean> {
    if ((await this.offers.end(open, how)) === null) return false;
    await this.clear(ticketId, open, how);
    return true;
  }

  private async clear(ticketId: string, { id, agent, queueId }: OpenOffer, how: OfferEnd): Promise<void> {
    await this.guard.release(agent.id, ticketId);
    const event: Passing = { type: 'offer-ended', offerId: id, how };
    this.sockets.emit('/console', `agent:${agent.id}`, 'passing', event);
    const payload = { ticketId, agentId: agent.id, queueId };
    await this.bus.publish({ topic: OFFER_ENDED, key: 'routing', id: this.newId(), payload });
  }
}

export const isOpen = (offers: TicketOffers | null): offers is Open => offers !== null && offers.open !== null;
