import { Inject, Injectable } from '@nestjs/common';
import type { OfferView } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Page } from '../../../platform/database/page.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Queues } from '../../queues/index.ts';
import type { Ticket } from '../../tickets/index.ts';
import { isOpen } from './end-offer.ts';
import type { OpenOffer } from './offer.schema.ts';
import { Offers } from './offers.ts';

@Injectable()
export class ShowOffers {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Offers) private readonly offers: Offers,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What is offered to the caller and stands. */
  async of(caller: Caller, ask: { cursor?: string | undefined; limit: number }): Promise<Page<OfferView>> {
    const now = this.clock.now();
    const { items, next } = await this.offers.pageOf(caller.id, ask);
    const open = items.filter(isOpen);
    const standing = open.filter((each) => each.open.acceptedAt === null && each.open.until > now);
    if (standing.length === 0) return { items: [], next };
    const found = await this.tickets.find({ _id: { $in: standing.map(({ _id }) => _id) } }).lean<Ticket[]>();
    const tickets = new Map(found.map((ticket) => [ticket._id, ticket]));
    const views = standing.map((each) => {
      const ticket = tickets.get(each._id);
      return ticket && this.view(ticket, each.open);
    });
    return { items: (await Promise.all(views)).filter((view) => view !== undefined), next };
  }

  async view(ticket: Ticket, { id, at, until }: OpenOffer): Promise<OfferView> {
    return {
      id,
      ticketId: ticket._id,
      number: ticket.number,
      customer: ticket.customerName,
      queue: (await this.queues.byId(ticket.queueId))?.name ?? '',
      channel: ticket.channel,
      preview: ticket.preview?.text ?? ticket.subject,
      seconds: Math.round((until.getTime() - at.getTime()) / 1000),
      leftMs: Math.max(0, until.getTime() - this.clock.now().getTime()),
    };
  }
}
