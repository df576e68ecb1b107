import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.ts';
import { ChannelsModule } from '../channels/index.ts';
import { CustomersModule } from '../customers/index.ts';
import { IngressModule } from '../ingress/index.ts';
import { MediaModule } from '../media/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { RoutingModule } from '../routing/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { collection } from '../../platform/database/collection.ts';
import { uploadSchema } from './upload.schema.ts';
import { VisitorPresence } from './visitor-presence.ts';
import { VisitorPresenceController } from './visitor-presence.controller.ts';
import { VisitorRights } from './visitor-rights.ts';
import { VisitorGateway } from './visitor.gateway.ts';
import { VisitorMediaController } from './visitor-media.controller.ts';
import { TellWaits } from './tell-waits.ts';
import { VisitorStatus } from './visitor-status.ts';
import { VisitorsConsumer } from './visitors.consumer.ts';
import { Welcome } from './welcome.ts';

@Module({
  imports: [
    AgentsModule,
    ChannelsModule,
    CustomersModule,
    IngressModule,
    MediaModule,
    OrganisationModule,
    QueuesModule,
    RoutingModule,
    TicketsModule,
  ],
  controllers: [VisitorMediaController, VisitorPresenceController],
  providers: [
    collection('uploads', uploadSchema),
    VisitorGateway,
    VisitorPresence,
    VisitorRights,
    VisitorsConsumer,
    TellWaits,
    VisitorStatus,
    Welcome,
  ],
})
export class VisitorsModule {}
