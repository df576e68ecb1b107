import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentsModule } from '../agents/index.ts';
import { AuditModule } from '../audit/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { AgentStatesController } from './agent-states.controller.ts';
import { ChangeState } from './change-state.ts';
import { FollowActivity } from './follow-activity.ts';
import { FollowConsoles } from './follow-consoles.ts';
import { handlingSpellSchema } from './handling/handling-spell.schema.ts';
import { HandlingSpells } from './handling/handling-spells.ts';
import { MeasureHandling } from './handling/measure-handling.ts';
import { MissedOffersConsumer } from './missed-offers.consumer.ts';
import { SetState } from './set-state.ts';
import { StateSpells } from './state-history.ts';
import { stateSpellSchema } from './state-spell.schema.ts';
import { BeginWrapUp } from './wrap-up/begin-wrap-up.ts';
import { EndWrapUp } from './wrap-up/end-wrap-up.ts';

@Module({
  imports: [AgentsModule, AuditModule, OrganisationModule, TicketsModule],
  controllers: [AgentStatesController],
  providers: [
    collection('handlingspells', handlingSpellSchema),
    collection('statespells', stateSpellSchema),
    BeginWrapUp,
    ChangeState,
    EndWrapUp,
    FollowActivity,
    FollowConsoles,
    HandlingSpells,
    MeasureHandling,
    MissedOffersConsumer,
    SetState,
    StateSpells,
  ],
  exports: [BeginWrapUp, FollowActivity, FollowConsoles, HandlingSpells, MeasureHandling, StateSpells],
})
export class AgentStatesModule {}
