import { Module } from '@nestjs/common';
import { AgentStatesModule } from '../agent-states/index.ts';
import { AgentsModule } from '../agents/index.ts';
import { MetricsModule } from '../metrics/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { FloorController } from './floor.controller.ts';
import { FloorGateway } from './floor.gateway.ts';
import { ListFloorTickets } from './list-floor-tickets.ts';
import { OpenWork } from './open-work.ts';
import { ReadFloor } from './read-floor.ts';
import { WatchFloor } from './watch-floor.ts';
import { Whisper } from './whisper.ts';

/** The supervisors' floor. It reads what the others store and is in nobody's way. */
@Module({
  imports: [AgentsModule, AgentStatesModule, MetricsModule, OrganisationModule, QueuesModule, TicketsModule],
  controllers: [FloorController],
  providers: [FloorGateway, ListFloorTickets, OpenWork, ReadFloor, WatchFloor, Whisper],
  exports: [ReadFloor],
})
export class FloorModule {}
