import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentsModule } from '../agents/index.ts';
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
import { JudgeTicket } from './judge-ticket.ts';
import { LoadGuard } from './load-guard.ts';
import { Opening } from './opening.ts';
import { OverflowTicket } from './overflow-ticket.ts';
import { RouteWaiting } from './route-waiting.ts';
import { RoutingConsumer } from './routing.consumer.ts';
import { RoutingController } from './routing.controller.ts';
import { Standings } from './standings.ts';
import { WorkOfAgents } from './work-of-agents.ts';

@Module({
  imports: [AgentsModule, CalendarsModule, OrganisationModule, QueuesModule, TicketsModule],
  controllers: [RoutingController],
  providers: [
    collection('agentloads', agentLoadSchema),
    collection('routingdecisions', decisionSchema),
    AssignTicket,
    Decisions,
    ExplainRouting,
    FollowWork,
    JudgeTicket,
    LoadGuard,
    Opening,
    OverflowTicket,
    RouteWaiting,
    RoutingConsumer,
    Standings,
    WorkOfAgents,
  ],
  exports: [Decisions],
})
export class RoutingModule {}
