import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AuditModule } from '../audit/index.ts';
import { CalendarsModule } from '../calendars/index.ts';
import { CustomersModule } from '../customers/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { FirstPolicies } from './policies/first-policies.ts';
import { firstPoliciesSchema, policySchema } from './policies/policy.schema.ts';
import { Policies } from './policies/policies.ts';
import { WritePolicy } from './policies/write-policy.ts';
import { ServiceLevels } from './service-levels.ts';
import { SlaController } from './sla.controller.ts';
import { TellChange } from './tell-change.ts';
import { WriteCalendar } from './write-calendar.ts';

/** What is promised to customers, and by when: calendars, policies, clocks. What happens then is `escalations`'. */
@Module({
  imports: [AuditModule, CalendarsModule, CustomersModule, OrganisationModule, QueuesModule],
  controllers: [SlaController],
  providers: [
    collection('policies', policySchema),
    collection('firstpolicies', firstPoliciesSchema),
    FirstPolicies,
    Policies,
    ServiceLevels,
    TellChange,
    WriteCalendar,
    WritePolicy,
  ],
  exports: [ServiceLevels],
})
export class SlaModule {}
