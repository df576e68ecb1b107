import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentStatesModule } from '../agent-states/index.ts';
import { AgentsModule } from '../agents/index.ts';
import { AuditModule } from '../audit/index.ts';
import { CalendarsModule } from '../calendars/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { agentLoadSchema } from './agent-load.schema.ts';
import { AssignTicket } from './assign-ticket.ts';
import { decisionSchema } from './decision.schema.ts';
import { Decisions } from './decisions.ts';
import { ExplainRouting } from './explain-routing.ts';
import { FollowWork } from './follow-work.ts';
import { GiveTicket } from './give-ticket.ts';
import { JudgeTicket } from './judge-ticket.ts';
import { LoadGuard } from './load-guard.ts';
import { AnswerOffer } from './offers/answer-offer.ts';
import { EndOffer } from './offers/end-offer.ts';
import { FollowOffers } from './offers/follow-offers.ts';
import { offerSchema } from './offers/offer.schema.ts';
import { OfferTicket } from './offers/offer-ticket.ts';
import { OffersController } from './offers/offers.controller.ts';
import { Offers } from './offers/offers.ts';
import { ShowOffers } from './offers/show-offers.ts';
import { Opening } from './opening.ts';
import { OverflowTicket } from './overflow-ticket.ts';
import { FindGone } from './returns/find-gone.ts';
import { ReturnWork } from './returns/return-work.ts';
import { ReturnsController } from './returns/returns.controller.ts';
import { RouteWaiting } from './route-waiting.ts';
import { RoutingConsumer } from './routing.consumer.ts';
import { RoutingController } from './routing.controller.ts';
import { Standings } from './standings.ts';
import { drainSchema } from './wait/drain.schema.ts';
import { ExpectWait } from './wait/expect-wait.ts';
import { WorkOfAgents } from './work-of-agents.ts';

@Module({
  imports: [
    AgentStatesModule,
    AgentsModule,
    AuditModule,
    CalendarsModule,
    OrganisationModule,
    QueuesModule,
    TicketsModule,
  ],
  controllers: [OffersController, ReturnsController, RoutingController],
  providers: [
    collection('agentloads', agentLoadSchema),
    collection('routingdecisions', decisionSchema),
    collection('offers', offerSchema),
    collection('queuedrains', drainSchema),
    AnswerOffer,
    AssignTicket,
    Decisions,
    EndOffer,
    ExpectWait,
    ExplainRouting,
    FindGone,
    FollowOffers,
    FollowWork,
    GiveTicket,
    JudgeTicket,
    LoadGuard,
    Offers,
    OfferTicket,
    Opening,
    OverflowTicket,
    ReturnWork,
    RouteWaiting,
    RoutingConsumer,
    ShowOffers,
    Standings,
    WorkOfAgents,
  ],
  exports: [Decisions, EndOffer, ExpectWait, Offers],
})
export class RoutingModule {}
