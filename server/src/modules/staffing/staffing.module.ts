import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AuditModule } from '../audit/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { TicketsModule } from '../tickets/index.ts';
import { arrivalDaySchema, countedUntilSchema } from './arrivals/arrivals.schema.ts';
import { ImportArrivals } from './arrivals/import-arrivals.ts';
import { RollUpArrivals } from './arrivals/roll-up-arrivals.ts';
import { PlanStaffing } from './plan-staffing.ts';
import { ReadForecast } from './read-forecast.ts';
import { StaffingController } from './staffing.controller.ts';

/** Forecast and staffing. Formulas and methods are pure files; the store counts what came. */
@Module({
  imports: [AuditModule, OrganisationModule, QueuesModule, TicketsModule],
  controllers: [StaffingController],
  providers: [
    collection('arrivals', arrivalDaySchema),
    collection('arrivalscounted', countedUntilSchema),
    ImportArrivals,
    PlanStaffing,
    ReadForecast,
    RollUpArrivals,
  ],
})
export class StaffingModule {}
