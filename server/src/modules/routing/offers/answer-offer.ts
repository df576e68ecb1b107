import { Inject, Injectable } from '@nestjs/common';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { EndOffer, isOpen } from './end-offer.ts';
import { Offers } from './offers.ts';

const over = () =>
  new HubError('conflict', 'This offer is over: the conversation went to somebody else, or on to the next');

/** The agent says yes or no. Only to what is offered to them: no other right is needed, and none is given besides. */
@Injectable()
export class AnswerOffer {
  constructor(
    @Inject(Offers) private readonly offers: Offers,
    @Inject(EndOffer) private readonly ending: EndOffer,
  ) {}

  async accept(caller: Caller, offerId: string): Promise<{ ticketId: string }> {
    const offers = await this.offers.accept(offerId, caller.id);
    if (!isOpen(offers) || !(await this.ending.finish(offers))) throw over();
    return { ticketId: offers._id };
  }

  async decline(caller: Caller, offerId: string): Promise<void> {
    const offers = await this.offers.byId(offerId);
    const isOwn = isOpen(offers) && offers.open.agent.id === caller.id;
    if (!isOwn || !(await this.ending.decline(offers))) throw over();
  }
}
