import { Inject, Injectable } from '@nestjs/common';
import {
  DEFAULT_OFFER,
  DEFAULT_QUEUE_ROUTING,
  isAlwaysOffered,
  type Capacity,
  type OfferSettings,
  type RoutingDecision,
} from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Agents } from '../agents/index.ts';
import { Organisations } from '../organisation/index.ts';
import { Queues } from '../queues/index.ts';
import type { Ticket } from '../tickets/index.ts';
import { idleFrom, loadOf, noRoom } from './capacity.ts';
import { decide, type Candidate } from './decide.ts';
import { Offers } from './offers/offers.ts';
import { askableAgain, refusalsOf } from './offers/refusals.ts';
import { Opening, type FoundReach } from './opening.ts';
import { needsAfter } from './skills.ts';
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
    const since = ticket.waitingSince ?? ticket.createdAt;
    const ask = {
      channel: ticket.channel,
      weighs: capacity.channels[ticket.channel],
      method: routing.method,
      needs: needsAfter(routing, now.getTime() - since.getTime()),
      lastAgentId: last?.id ?? null,
      now,
    };
    const offer = routing.offers[ticket.channel] ?? (isAlwaysOffered(ticket.channel) ? DEFAULT_OFFER : null);
    const offers = offer === null ? null : await this.offers.of(ticket._id);
    const refusals = refusalsOf(offers);
    const again = askableAgain(refusals, now);
    const { helped, closedUntil } = reach;
    const notes = {
      ...(closedUntil !== undefined && { closed: { until: closedUntil?.toISOString() ?? null } }),
      ...(helped.length > 0 && {
        overflow: helped.map(({ queueId, afterSeconds }) => ({ queue: names.get(queueId) ?? '', afterSeconds })),
      }),
    };
    const viaOf = ({ member }: Standing): string | undefined => {
      if (member.queueIds.includes(ticket.queueId)) return undefined;
      const helper = helped.find(({ queueId }) => member.queueIds.includes(queueId));
      return helper && names.get(helper.queueId);
    };
    return {
      reach,
      offer,
      isOffered: offers?.open != null,
      decide: (standings) => {
        const candidates = standings.map((standing): Candidate => ({
          ...candidateOf(standing, capacity, now),
          via: viaOf(standing),
          declined: refusals.has(standing.member.agent.id),
        }));
        const isMember = last === null || standings.some(({ member }) => member.agent.id === last.id);
        const all: Candidate[] = isMember ? candidates : [...candidates, { agent: last, state: 'not-member' }];
        const decision = decide(all, ask);
        if (decision.winner !== null || again.size === 0) return { ...decision, ...notes };
        const anew = all.map((each) => (again.has(each.agent.id) ? { ...each, declined: false } : each));
        return { ...decide(anew, ask), ...notes };
      },
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

function candidateOf({ member, own }: Standing, { perAgent, channels }: Capacity, now: Date): Candidate {
  const { agent, state, capacity, skills, pausedChannels } = member;
  // Of who has just become ready the work is read in a moment.
  if (state !== 'ready' || own === null) return { agent, state: state === 'ready' ? 'busy' : state };
  return {
    agent,
    state,
    skills,
    pausedChannels,
    load: loadOf(own.works, channels, now),
    capacity: capacity ?? perAgent,
    givenAt: own.load.givenAt?.getTime() ?? 0,
    idleSince: own.load.idleSince?.getTime() ?? 0,
  };
}
