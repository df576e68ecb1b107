import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentsModule } from '../agents/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { AssignTicket } from './assign-ticket.ts';
import { decisionSchema } from './decision.schema.ts';
import { Decisions } from './decisions.ts';
import { RoutingConsumer } from './routing.consumer.ts';

@Module({
  imports: [AgentsModule, TicketsModule],
  providers: [collection('routingdecisions', decisionSchema), AssignTicket, Decisions, RoutingConsumer],
  exports: [Decisions],
})
export class RoutingModule {}
