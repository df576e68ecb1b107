import { Inject, Injectable } from '@nestjs/common';
import type { OfferEnd } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { pageBy, type Page } from '../../../platform/database/page.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import type { OpenOffer, PastOffer, TicketOffers } from './offer.schema.ts';

/** So many of a ticket are remembered. */
const MOST_PAST = 50;
/** Who was killed after the yes, before the ticket was given, is finished by others after this. */
const GIVE_MS = 10_000;

/** The offers as they are stored. All changes are conditional on the offer that they are about. */
@Injectable()
export class Offers {
  constructor(
    @Inject('offers') private readonly offers: Model<TicketOffers>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** False: it is being offered already. */
  async open(ticketId: string, open: OpenOffer): Promise<boolean> {
    const now = this.clock.now();
    const fresh = { past: [], since: new Date(0) };
    try {
      const { matchedCount, upsertedCount } = await this.offers.updateOne(
        { _id: ticketId, open: null },
        { $set: { open, changedAt: now }, $setOnInsert: fresh },
        { upsert: true },
      );
      return matchedCount + upsertedCount === 1;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** The agent says yes: null where the offer is over. */
  async accept(offerId: string, agentId: string): Promise<TicketOffers | null> {
    const now = this.clock.now();
    const standing = {
      'open.id': offerId,
      'open.agent.id': agentId,
      'open.acceptedAt': null,
      'open.until': { $gt: now },
    };
    const until = new Date(now.getTime() + GIVE_MS);
    return this.offers
      .findOneAndUpdate(
        standing,
        { $set: { 'open.acceptedAt': now, 'open.until': until } },
        { returnDocument: 'after' },
      )
      .lean<TicketOffers>();
  }

  /** The offer as it was; null: it had ended. One that was accepted ends only as what became of it. */
  async end(offer: OpenOffer, how: OfferEnd, { accepted = false } = {}): Promise<TicketOffers | null> {
    const { id, agent, at } = offer;
    const now = this.clock.now();
    const past = { $each: [{ id, agent, at, endedAt: now, how }], $slice: -MOST_PAST };
    return this.offers
      .findOneAndUpdate(
        { 'open.id': id, 'open.acceptedAt': accepted ? { $ne: null } : null },
        { $set: { open: null, changedAt: now, ...(how === 'accepted' && { since: now }) }, $push: { past } },
      )
      .lean<TicketOffers>();
  }

  /** Nobody was shown it. */
  async forget(offerId: string): Promise<void> {
    await this.offers.updateOne({ 'open.id': offerId, 'open.acceptedAt': null }, { $set: { open: null } });
  }

  /** It is with somebody: when it waits again, everybody may be asked again. */
  async newWait(ticketId: string): Promise<void> {
    await this.offers.updateOne({ _id: ticketId }, { $set: { since: this.clock.now() } });
  }

  of(ticketId: string): Promise<TicketOffers | null> {
    return this.offers.findById(ticketId).lean<TicketOffers>().exec();
  }

  byId(offerId: string): Promise<TicketOffers | null> {
    return this.offers.findOne({ 'open.id': offerId }).lean<TicketOffers>().exec();
  }

  pageOf(agentId: string, ask: { cursor?: string | undefined; limit: number }): Promise<Page<TicketOffers>> {
    return pageBy(this.offers, '_id', ask, 'ascending', { 'open.agent.id': agentId });
  }

  ofAgent(agentId: string): Promise<TicketOffers[]> {
    return this.offers.find({ 'open.agent.id': agentId }).limit(50).lean<TicketOffers[]>().exec();
  }

  /** Those whose time is over, and that nothing has ended. */
  overdue(): Promise<TicketOffers[]> {
    return this.offers
      .find({ 'open.until': { $lte: this.clock.now() } })
      .limit(200)
      .lean<TicketOffers[]>()
      .exec();
  }

  /** Those that ended, of tickets for which one has changed since `from`; offered until before `to`. */
  async *between(from: Date, to: Date): AsyncGenerator<PastOffer> {
    const found = this.offers
      .find({ changedAt: { $gte: from } }, { past: 1 })
      .lean<TicketOffers>()
      .cursor();
    for await (const { past } of found) for (const each of past) if (each.at >= from && each.at < to) yield each;
  }

  /** Tickets of these queues that somebody is looking at. */
  async ticketsIn(queueIds: readonly string[]): Promise<string[]> {
    const found = await this.offers
      .find({ 'open.queueId': { $in: [...queueIds] } }, { _id: 1 })
      .lean<Pick<TicketOffers, '_id'>[]>();
    return found.map(({ _id }) => _id);
  }
}
