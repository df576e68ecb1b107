import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_QUEUE_ROUTING, type OfferSettings, type RoutingDecision } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Agents } from '../agents/index.ts';
import { Organisations } from '../organisation/index.ts';
import { Queues } from '../queues/index.ts';
import type { Ticket } from '../tickets/index.ts';
import { candidateOf, decideAmong, offerOf } from './candidates.ts';
import { idleFrom, noRoom } from './capacity.ts';
import { Offers } from './offers/offers.ts';
import { refusalsOf } from './offers/refusals.ts';
import { Opening, type FoundReach } from './opening.ts';
import type { Standing } from './standings.ts';

export interface Judgement {
  /** Whose agents it may go to, and where else. */
  readonly reach: FoundReach;
  /** How it is offered first; null: it is given at once. */
  readonly offer: OfferSettings | null;
  /** Somebody is looking at it. */
  readonly isOffered: boolean;
  /** By what is known of those agents. */
  readonly decide: (standings: readonly Standing[]) => Omit<RoutingDecision, 'at'>;
}

/** Reads what a decision on a ticket depends on besides the agents; the deciding itself is pure (decide.ts). */
@Injectable()
export class JudgeTicket {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Opening) private readonly opening: Opening,
    @Inject(Offers) private readonly offers: Offers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(ticket: Ticket): Promise<Judgement> {
    const { capacity } = await this.organisations.read();
    const [reach, names] = await Promise.all([this.opening.reach(ticket), this.queues.names()]);
    const routing = reach.queue?.routing ?? DEFAULT_QUEUE_ROUTING;
    const last = routing.method === 'last-agent' ? await this.lastAgent(ticket) : null;
    const now = this.clock.now();
    const waitedMs = now.getTime() - (ticket.waitingSince ?? ticket.createdAt).getTime();
    const offer = offerOf(routing, ticket.channel);
    const offers = offer === null ? null : await this.offers.of(ticket._id);
    const { helped, closedUntil } = reach;
    const notes = {
      ...(closedUntil !== undefined && { closed: { until: closedUntil?.toISOString() ?? null } }),
      ...(helped.length > 0 && {
        overflow: helped.map(({ queueId, afterSeconds }) => ({ queue: names.get(queueId) ?? '', afterSeconds })),
      }),
    };
    const { queueId, channel } = ticket;
    const about = { queueId, channel, waitedMs, routing, capacity, helped, last, names, now };
    const waiting = { ...about, refusals: refusalsOf(offers) };
    return {
      reach,
      offer,
      isOffered: offers?.open != null,
      decide: (standings) => ({ ...decideAmong(standings, waiting), ...notes }),
    };
  }

  /** Could one of them have the lightest conversation? */
  async someRoom(standings: readonly Standing[]): Promise<boolean> {
    const { capacity } = await this.organisations.read();
    const weights = Object.values(capacity.channels).map(({ weight }) => weight);
    const lightest = { weight: Math.min(...weights), exclusive: false };
    const now = this.clock.now();
    return standings.some((standing) => {
      const candidate = candidateOf(standing, capacity, now);
      return candidate.state === 'ready' && noRoom(candidate.load, candidate.capacity, lightest) === null;
    });
  }

  /** When the next of their conversations stops counting, as far as is known. */
  async nextIdle(standings: readonly Standing[]): Promise<Date | null> {
    const { channels } = (await this.organisations.read()).capacity;
    const now = this.clock.now();
    const instants = standings
      .flatMap(({ own }) => own?.works ?? [])
      .flatMap((work) => idleFrom(work, channels) ?? [])
      .filter((at) => at > now);
    return instants.length === 0 ? null : instants.reduce((first, at) => (at < first ? at : first));
  }

  /** Who had the customer's last ticket, other than this one. */
  private async lastAgent({ _id, customerId }: Ticket): Promise<{ id: string; name: string } | null> {
    const last = await this.tickets
      .findOne({ customerId, _id: { $ne: _id }, assigneeId: { $ne: null } }, { assigneeId: 1 })
      .sort({ updatedAt: -1 })
      .hint({ customerId: 1, updatedAt: -1, _id: -1 })
      .lean<Ticket>();
    const id = last?.assigneeId;
    if (id == null) return null;
    return { id, name: (await this.agents.names([id])).get(id)?.name ?? 'Former agent' };
  }
}
