import { Module } from '@nestjs/common';
import { collection } from '../../../platform/database/collection.ts';
import { AgentStatesModule } from '../../agent-states/index.ts';
import { AgentsModule } from '../../agents/index.ts';
import { AuditModule } from '../../audit/index.ts';
import { CalendarsModule } from '../../calendars/index.ts';
import { MetricsModule } from '../../metrics/index.ts';
import { OrganisationModule } from '../../organisation/index.ts';
import { QueuesModule } from '../../queues/index.ts';
import { TicketsModule } from '../../tickets/index.ts';
import { RoutingModule } from '../routing.module.ts';
import { draftSchema } from './draft.schema.ts';
import { Drafts } from './drafts.ts';
import { InForce } from './in-force.ts';
import { LabController } from './lab.controller.ts';
import { PlayWeek } from './play-week.ts';
import { PublishDraft } from './publish-draft.ts';
import { ReplayDraft } from './replay-draft.ts';
import { replaySchema } from './replay.schema.ts';
import { Replays } from './replays.ts';
import { ReadWeek } from './week/read-week.ts';
import { WriteDraft } from './write-draft.ts';

/** Other rules, tried on a past week before they are put in force. The routing knows nothing of it. */
@Module({
  imports: [
    AgentStatesModule,
    AgentsModule,
    AuditModule,
    CalendarsModule,
    MetricsModule,
    OrganisationModule,
    QueuesModule,
    RoutingModule,
    TicketsModule,
  ],
  controllers: [LabController],
  providers: [
    collection('labdrafts', draftSchema),
    collection('labreplays', replaySchema),
    Drafts,
    InForce,
    PlayWeek,
    PublishDraft,
    ReadWeek,
    ReplayDraft,
    Replays,
    WriteDraft,
  ],
})
export class RoutingLabModule {}
