import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentsModule } from '../agents/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { AssignTicket } from './assign-ticket.ts';
import { decisionSchema } from './decision.schema.ts';
import { Decisions } from './decisions.ts';
import { RoutingConsumer } from './routing.consumer.ts';
import { WorkOfAgents } from './work-of-agents.ts';

@Module({
  imports: [AgentsModule, OrganisationModule, TicketsModule],
  providers: [collection('routingdecisions', decisionSchema), AssignTicket, Decisions, RoutingConsumer, WorkOfAgents],
  exports: [Decisions],
})
export class RoutingModule {}
