import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { allowConnections } from '../../platform/http/security-headers.ts';
import { AgentStatesModule } from '../agent-states/index.ts';
import { AgentsModule } from '../agents/index.ts';
import { AuditModule } from '../audit/index.ts';
import { CalendarsModule } from '../calendars/index.ts';
import { allConnectors, ChannelsModule } from '../channels/index.ts';
import { CustomersModule } from '../customers/index.ts';
import { IngressModule } from '../ingress/index.ts';
import { MediaModule } from '../media/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { RoutingModule } from '../routing/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { AsidesController } from './aside/asides.controller.ts';
import { CarryOut } from './aside/carry-out.ts';
import { Consult } from './aside/consult.ts';
import { Participants } from './aside/participants.ts';
import { Targets } from './aside/targets.ts';
import { BeginCall } from './begin-call.ts';
import { assertPhasesReachable } from './call-states.ts';
import { callSchema } from './call.schema.ts';
import { KeepPromise } from './callbacks/keep-promise.ts';
import { CallsConsumer } from './calls.consumer.ts';
import { CallsController } from './calls.controller.ts';
import { Calls } from './calls.ts';
import { ConnectCall } from './connect-call.ts';
import { ControlCall } from './control-call.ts';
import { CallAccess } from './controlling/call-access.ts';
import { CallLines } from './controlling/call-lines.ts';
import { HandleCall } from './controlling/handle-call.ts';
import { HandOver } from './controlling/hand-over.ts';
import { Listen } from './controlling/listen.ts';
import { StartCall } from './controlling/start-call.ts';
import { TransferCall } from './controlling/transfer-call.ts';
import { WrapUpCall } from './controlling/wrap-up-call.ts';
import { FetchRecording } from './fetch-recording.ts';
import { FollowCall } from './following/follow-call.ts';
import { SaidInCalls, saidSchema } from './following/said-in-calls.ts';
import { menuSchema, Menus } from './menu/menus.ts';
import { ReadAround } from './menu/read-around.ts';
import { NextStep } from './next-step.ts';
import { CallRulesBook, rulesSchema } from './rules/call-rules-book.ts';
import { SettleCall } from './settle-call.ts';
import { TakeAssigned } from './take-assigned.ts';

assertPhasesReachable();
allowConnections(allConnectors().flatMap(({ connects = [] }) => connects));

@Module({
  imports: [
    AgentStatesModule,
    AgentsModule,
    AuditModule,
    CalendarsModule,
    ChannelsModule,
    CustomersModule,
    IngressModule,
    MediaModule,
    OrganisationModule,
    QueuesModule,
    RoutingModule,
    TicketsModule,
  ],
  controllers: [CallsController, AsidesController],
  providers: [
    collection('calls', callSchema),
    collection('callsaid', saidSchema),
    collection('callmenus', menuSchema),
    collection('callrules', rulesSchema),
    BeginCall,
    CallRulesBook,
    CarryOut,
    Consult,
    Listen,
    Participants,
    Targets,
    CallAccess,
    CallLines,
    Calls,
    CallsConsumer,
    ConnectCall,
    ControlCall,
    FetchRecording,
    FollowCall,
    HandleCall,
    HandOver,
    KeepPromise,
    Menus,
    NextStep,
    ReadAround,
    SaidInCalls,
    SettleCall,
    StartCall,
    TakeAssigned,
    TransferCall,
    WrapUpCall,
  ],
})
export class CallsModule {}
