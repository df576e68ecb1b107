import {
  DEFAULT_OFFER,
  DEFAULT_QUEUE_ROUTING,
  isAlwaysOffered,
  type Capacity,
  type ChannelKind,
  type OfferSettings,
  type QueueRouting,
  type RoutingDecision,
} from '@switchboard/contract';
import { loadOf } from './capacity.ts';
import { decide, type Ask, type Candidate } from './decide.ts';
import { askableAgain } from './offers/refusals.ts';
import type { Reach } from './reach.ts';
import { needsAfter } from './skills.ts';
import type { Standing } from './standings.ts';

/** What a decision on a ticket depends on besides the agents. The routing and its lab both decide by this. */
export interface Waiting {
  readonly queueId: string;
  readonly channel: ChannelKind;
  readonly waitedMs: number;
  readonly routing: QueueRouting | undefined;
  readonly capacity: Capacity;
  readonly helped: Reach['helped'];
  /** Who had the customer last, where the queue asks for it. */
  readonly last: { readonly id: string; readonly name: string } | null;
  /** Who has let it pass, and when. */
  readonly refusals: ReadonlyMap<string, Date>;
  /** Of queues. */
  readonly names: ReadonlyMap<string, string>;
  readonly now: Date;
}

/** Who let it pass is asked again where nobody else is left. */
export function decideAmong(standings: readonly Standing[], waiting: Waiting): Omit<RoutingDecision, 'at'> {
  const { capacity, last, refusals, now } = waiting;
  const ask = askOf(waiting);
  const candidates = standings.map((standing): Candidate => ({
    ...candidateOf(standing, capacity, now),
    via: viaOf(standing, waiting),
    declined: refusals.has(standing.member.agent.id),
  }));
  const isMember = last === null || standings.some(({ member }) => member.agent.id === last.id);
  const all: Candidate[] = isMember ? candidates : [...candidates, { agent: last, state: 'not-member' }];
  const decision = decide(all, ask);
  if (decision.winner !== null || refusals.size === 0) return decision;
  const again = askableAgain(refusals, now);
  if (again.size === 0) return decision;
  return decide(
    all.map((each) => (again.has(each.agent.id) ? { ...each, declined: false } : each)),
    ask,
  );
}

/** How it is offered first; null: it is given at once. */
export const offerOf = ({ offers }: QueueRouting, channel: ChannelKind): OfferSettings | null =>
  offers[channel] ?? (isAlwaysOffered(channel) ? DEFAULT_OFFER : null);

function askOf({ channel, capacity, routing = DEFAULT_QUEUE_ROUTING, waitedMs, last, now }: Waiting): Ask {
  const { method } = routing;
  const needs = needsAfter(routing, waitedMs);
  return { channel, weighs: capacity.channels[channel], method, needs, lastAgentId: last?.id ?? null, now };
}

function viaOf({ member }: Standing, { queueId, helped, names }: Waiting): string | undefined {
  if (member.queueIds.includes(queueId)) return undefined;
  const helper = helped.find((each) => member.queueIds.includes(each.queueId));
  return helper && names.get(helper.queueId);
}

export function candidateOf({ member, own }: Standing, { perAgent, channels }: Capacity, now: Date): Candidate {
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
