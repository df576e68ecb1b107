import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers/index.ts';
import { LiveModule } from '../live/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { SlaModule } from '../sla/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { EscalateTickets } from './escalate-tickets.ts';
import { EscalationsConsumer } from './escalations.consumer.ts';
import { TakeUpPolicies } from './take-up-policies.ts';

/** What happens when a promise comes near its end, or is broken; and what open tickets promise after a policy has changed. */
@Module({
  imports: [CustomersModule, LiveModule, QueuesModule, SlaModule, TicketsModule],
  providers: [EscalateTickets, EscalationsConsumer, TakeUpPolicies],
})
export class EscalationsModule {}
