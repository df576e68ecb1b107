import { Module } from '@nestjs/common';
import { AgentStatesModule } from '../agent-states/index.ts';
import { AgentsModule } from '../agents/index.ts';
import { CustomersModule } from '../customers/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { ConsoleGateway } from './console.gateway.ts';
import { ConsolePresence } from './console-presence.ts';
import { LiveConsumer } from './live.consumer.ts';

@Module({
  imports: [AgentStatesModule, AgentsModule, CustomersModule, TicketsModule],
  providers: [ConsoleGateway, ConsolePresence, LiveConsumer],
})
export class LiveModule {}
