import { Global, Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AUTHENTICATE } from '../../platform/http/hub-request.ts';
import { AuditModule } from '../audit/index.ts';
import { CalendarsModule } from '../calendars/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { agentSchema } from './agent.schema.ts';
import { AgentsController } from './agents.controller.ts';
import { Agents } from './agents.ts';
import { ConsoleSockets } from './console-sockets.ts';
import { AcceptInvitation } from './invitations/accept-invitation.ts';
import { InvitationsController } from './invitations/invitations.controller.ts';
import { InviteAgent } from './invitations/invite-agent.ts';
import { MediaModule } from '../media/index.ts';
import { ChangePassword } from './profile/change-password.ts';
import { ChangePicture } from './profile/change-picture.ts';
import { FacesController } from './profile/faces.controller.ts';
import { MeController } from './profile/me.controller.ts';
import { UpdateMe } from './profile/update-me.ts';
import { KnownQueues } from './queues/known-queues.ts';
import { QueueMembers } from './queues/queue-members.ts';
import { QueuesController } from './queues/queues.controller.ts';
import { WriteQueue } from './queues/write-queue.ts';
import { KnownCallers } from './sessions/known-callers.ts';
import { SessionController } from './sessions/session.controller.ts';
import { sessionSchema } from './sessions/session.schema.ts';
import { Sessions } from './sessions/sessions.ts';
import { SetUp } from './sessions/set-up.ts';
import { SignIn } from './sessions/sign-in.ts';
import { SignOut } from './sessions/sign-out.ts';
import { UpdateAgent } from './update-agent.ts';

/** Global, because the access guard of every route asks it who is calling. */
@Global()
@Module({
  imports: [AuditModule, CalendarsModule, MediaModule, OrganisationModule, QueuesModule],
  controllers: [
    AgentsController,
    FacesController,
    InvitationsController,
    MeController,
    QueuesController,
    SessionController,
  ],
  providers: [
    collection('agents', agentSchema),
    collection('sessions', sessionSchema),
    { provide: AUTHENTICATE, useExisting: Sessions },
    AcceptInvitation,
    Agents,
    ChangePassword,
    ChangePicture,
    ConsoleSockets,
    InviteAgent,
    KnownCallers,
    KnownQueues,
    QueueMembers,
    Sessions,
    SetUp,
    SignIn,
    SignOut,
    UpdateAgent,
    UpdateMe,
    WriteQueue,
  ],
  exports: [Agents, AUTHENTICATE, UpdateAgent, WriteQueue, 'agents'],
})
export class AgentsModule {}
