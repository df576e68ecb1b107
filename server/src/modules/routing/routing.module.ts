import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { AssignTicket } from './assign-ticket.ts';
import { RoutingConsumer } from './routing.consumer.ts';

@Module({ imports: [AgentsModule, TicketsModule], providers: [AssignTicket, RoutingConsumer] })
export class RoutingModule {}
