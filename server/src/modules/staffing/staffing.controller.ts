import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { ImportArrivals } from './arrivals/import-arrivals.ts';
import { PlanStaffing } from './plan-staffing.ts';
import { ReadForecast } from './read-forecast.ts';

@Controller()
export class StaffingController {
  constructor(
    @Inject(ReadForecast) private readonly forecasts: ReadForecast,
    @Inject(PlanStaffing) private readonly staffing: PlanStaffing,
    @Inject(ImportArrivals) private readonly imports: ImportArrivals,
  ) {}

  @Operation('staffing.forecast')
  forecast(@Asked('staffing.forecast') { params, query }: Call<Api['staffing.forecast']>) {
    return this.forecasts.run(params['id'] ?? '', query);
  }

  @Operation('staffing.plan')
  plan(@Asked('staffing.plan') { params, body }: Call<Api['staffing.plan']>) {
    return this.staffing.run(params['id'] ?? '', body);
  }

  @Operation('staffing.import')
  import(@CalledBy() caller: Caller, @Asked('staffing.import') { params, body }: Call<Api['staffing.import']>) {
    return this.imports.run(caller, params['id'] ?? '', body);
  }
}
