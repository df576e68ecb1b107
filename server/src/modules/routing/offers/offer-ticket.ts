import { Inject, Injectable } from '@nestjs/common';
import type { OfferSettings, Passing } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { quickFind } from '../../../platform/database/quick.ts';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { Sockets } from '../../../platform/live/sockets.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import type { Ticket } from '../../tickets/index.ts';
import { Decisions, type Decided } from '../decisions.ts';
import { EndOffer } from './end-offer.ts';
import { Offers } from './offers.ts';
import { ShowOffers } from './show-offers.ts';

/** Shows a ticket to the agent who may have it, for a while. */
@Injectable()
export class OfferTicket {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Offers) private readonly offers: Offers,
    @Inject(EndOffer) private readonly ending: EndOffer,
    @Inject(ShowOffers) private readonly show: ShowOffers,
    @Inject(Decisions) private readonly decisions: Decisions,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** False: another process offers it already, or it needs nobody any more. */
  async run(ticket: Ticket, decision: Decided, { seconds, missed }: OfferSettings): Promise<boolean> {
    const agent = decision.winner;
    if (agent === null) return false;
    const at = this.clock.now();
    const until = new Date(at.getTime() + seconds * 1000);
    const { queueId, channel } = ticket;
    const open = { id: this.newId(), agent, queueId, channel, at, until, missed, acceptedAt: null };
    await Promise.all([this.decisions.keep(open.id, decision), this.ending.due(open)]);
    if (!(await this.offers.open(ticket._id, open))) return false;
    // The one before ends after its ticket is given: whoever opens the next sees that, if it looks now.
    const now = await quickFind(this.tickets, { _id: ticket._id });
    if (now === null || now.assigneeId !== null || !now.active || now.queueId !== queueId) {
      await this.offers.forget(open.id);
      return false;
    }
    const event: Passing = { type: 'offer', offer: await this.show.view(ticket, open) };
    this.sockets.emit('/console', `agent:${agent.id}`, 'passing', event);
    return true;
  }
}
