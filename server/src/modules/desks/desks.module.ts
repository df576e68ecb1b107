import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentsModule } from '../agents/index.ts';
import { AuditModule } from '../audit/index.ts';
import { ChannelsModule } from '../channels/index.ts';
import { IngressModule } from '../ingress/index.ts';
import { MediaModule } from '../media/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { ActsConsumer } from './acting/acts.consumer.ts';
import { DoAct } from './acting/do-act.ts';
import { TakeAct } from './acting/take-act.ts';
import { deskActSchema } from './desk-act.schema.ts';
import { deskPostSchema } from './desk-post.schema.ts';
import { DesksController } from './desks.controller.ts';
import { DeskAgents } from './linking/desk-agents.ts';
import { deskLinkSchema } from './linking/desk-link.schema.ts';
import { DeskLinks } from './linking/desk-links.ts';
import { MirrorConsumer } from './mirroring/mirror.consumer.ts';
import { MirrorTicket } from './mirroring/mirror-ticket.ts';
import { Mirrors } from './mirroring/mirrors.ts';
import { SaveMirrors } from './mirroring/save-mirrors.ts';
import { TellDesk } from './mirroring/tell-desk.ts';

/** The console's other face: agents who work where they live already. */
@Module({
  imports: [AgentsModule, AuditModule, ChannelsModule, IngressModule, MediaModule, QueuesModule, TicketsModule],
  controllers: [DesksController],
  providers: [
    collection('deskposts', deskPostSchema),
    collection('deskacts', deskActSchema),
    collection('desklinks', deskLinkSchema),
    ActsConsumer,
    DeskAgents,
    DeskLinks,
    DoAct,
    MirrorConsumer,
    MirrorTicket,
    Mirrors,
    SaveMirrors,
    TakeAct,
    TellDesk,
  ],
})
export class DesksModule {}
