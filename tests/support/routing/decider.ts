import type { Capacity } from '@switchboard/contract';
import type { AgentLoad } from '../../../server/src/modules/routing/agent-load.schema.ts';
import { AssignTicket } from '../../../server/src/modules/routing/assign-ticket.ts';
import { Decisions } from '../../../server/src/modules/routing/decisions.ts';
import { FollowWork } from '../../../server/src/modules/routing/follow-work.ts';
import { GiveTicket } from '../../../server/src/modules/routing/give-ticket.ts';
import { JudgeTicket } from '../../../server/src/modules/routing/judge-ticket.ts';
import { LoadGuard } from '../../../server/src/modules/routing/load-guard.ts';
import { AnswerOffer } from '../../../server/src/modules/routing/offers/answer-offer.ts';
import { EndOffer } from '../../../server/src/modules/routing/offers/end-offer.ts';
import { FollowOffers } from '../../../server/src/modules/routing/offers/follow-offers.ts';
import type { TicketOffers } from '../../../server/src/modules/routing/offers/offer.schema.ts';
import { OfferTicket } from '../../../server/src/modules/routing/offers/offer-ticket.ts';
import { Offers } from '../../../server/src/modules/routing/offers/offers.ts';
import { ShowOffers } from '../../../server/src/modules/routing/offers/show-offers.ts';
import { Opening } from '../../../server/src/modules/routing/opening.ts';
import { OverflowTicket } from '../../../server/src/modules/routing/overflow-ticket.ts';
import { RouteWaiting } from '../../../server/src/modules/routing/route-waiting.ts';
import { Standings } from '../../../server/src/modules/routing/standings.ts';
import { WorkOfAgents } from '../../../server/src/modules/routing/work-of-agents.ts';
import type { Ticket } from '../../../server/src/modules/tickets/index.ts';
import type { MemoryCollection } from './memory-collection.ts';

/** What deciders have in common: the store, and what stands around the routing. */
export interface Surroundings {
  readonly tickets: MemoryCollection<Ticket>;
  readonly loads: MemoryCollection<AgentLoad>;
  readonly offers: MemoryCollection<TicketOffers>;
  readonly decisions: MemoryCollection<{ _id: string }>;
  readonly agents: unknown;
  readonly queues: unknown;
  readonly calendars: unknown;
  readonly organisations: { read(): Promise<{ capacity: Capacity }> };
  readonly append: unknown;
  readonly bus: unknown;
  readonly jobs: unknown;
  readonly newId: () => string;
  readonly clock: { now(): Date };
}
export interface Decider {
  readonly follow: FollowWork;
  readonly standings: Standings;
  readonly judge: JudgeTicket;
  readonly answer: AnswerOffer;
}

const nothing = async (): Promise<null> => null;

/** The routing of one process: its own classes, put together as Nest does. */
export function aDecider(around: Surroundings): Decider {
  const { tickets, clock, newId } = around;
  const given = <T>(part: unknown) => part as T;
  const [agents, queues, organisations, append] = [
    given<never>(around.agents),
    given<never>(around.queues),
    given<never>(around.organisations),
    given<never>(around.append),
  ];
  const [bus, jobs] = [given<never>(around.bus), given<never>(around.jobs)];
  const sockets = given<never>({ emit: () => undefined });
  const wrapUp = given<never>({ after: nothing, behind: async () => false });
  const stages = given<never>({ passed: () => undefined });
  const guard = new LoadGuard(around.loads.model, clock);
  const standings = new Standings(agents, guard, new WorkOfAgents(tickets.model), clock);
  const offers = new Offers(around.offers.model, clock);
  const opening = new Opening(queues, given<never>(around.calendars), organisations, clock);
  const judge = new JudgeTicket(tickets.model, agents, queues, organisations, opening, offers, clock);
  const decisions = new Decisions(given<never>(around.decisions.model), clock);
  const giving = new GiveTicket(append, decisions, sockets);
  const ending = new EndOffer(offers, giving, guard, sockets, jobs, bus, clock, newId);
  ending.onModuleInit();
  const show = new ShowOffers(tickets.model, offers, queues, clock);
  const offering = new OfferTicket(tickets.model, offers, ending, show, decisions, sockets, clock, newId);
  const overflow = new OverflowTicket(append, queues);
  const assign = new AssignTicket(
    ...([judge, standings, guard, overflow, giving, offering, wrapUp, decisions, clock, stages] as const),
  );
  const route = new RouteWaiting(tickets.model, queues, offers, assign);
  const follow = new FollowWork(
    ...([tickets.model, queues, standings, judge, guard, opening] as const),
    new FollowOffers(queues, offers, ending),
    given<never>({ drained: nothing }),
    ...([route, assign, wrapUp, given<never>({ of: nothing })] as const),
  );
  return { follow, standings, judge, answer: new AnswerOffer(offers, ending) };
}
