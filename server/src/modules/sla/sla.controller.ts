import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Calendars, holidaysFromIcal } from '../calendars/index.ts';
import { Policies } from './policies/policies.ts';
import { WritePolicy } from './policies/write-policy.ts';
import { WriteCalendar } from './write-calendar.ts';

@Controller()
export class SlaController {
  constructor(
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(Policies) private readonly policies: Policies,
    @Inject(WriteCalendar) private readonly writeCalendar: WriteCalendar,
    @Inject(WritePolicy) private readonly writePolicy: WritePolicy,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Operation('calendars.list')
  listCalendars(@Asked('calendars.list') { query }: Call<Api['calendars.list']>) {
    return this.calendars.page(query);
  }

  @Operation('calendars.create')
  createCalendar(@CalledBy() caller: Caller, @Asked('calendars.create') { body }: Call<Api['calendars.create']>) {
    return this.writeCalendar.create(caller, body);
  }

  @Operation('calendars.update')
  changeCalendar(
    @CalledBy() caller: Caller,
    @Asked('calendars.update') { params, body }: Call<Api['calendars.update']>,
  ) {
    return this.writeCalendar.change(caller, params['id'] ?? '', body);
  }

  @Operation('calendars.delete')
  removeCalendar(@CalledBy() caller: Caller, @Asked('calendars.delete') { params }: Call<Api['calendars.delete']>) {
    return this.writeCalendar.remove(caller, params['id'] ?? '');
  }

  @Operation('calendars.readHolidays')
  readHolidays(@Asked('calendars.readHolidays') { body }: Call<Api['calendars.readHolidays']>) {
    const { holidays, skipped } = holidaysFromIcal(body.ical, this.clock.now());
    return { holidays: holidays.map((holiday) => ({ ...holiday, hours: [] })), skipped };
  }

  @Operation('policies.list')
  listPolicies(@Asked('policies.list') { query }: Call<Api['policies.list']>) {
    return this.policies.page(query);
  }

  @Operation('policies.create')
  createPolicy(@CalledBy() caller: Caller, @Asked('policies.create') { body }: Call<Api['policies.create']>) {
    return this.writePolicy.create(caller, body);
  }

  @Operation('policies.update')
  changePolicy(@CalledBy() caller: Caller, @Asked('policies.update') { params, body }: Call<Api['policies.update']>) {
    return this.writePolicy.change(caller, params['id'] ?? '', body);
  }

  @Operation('policies.delete')
  removePolicy(@CalledBy() caller: Caller, @Asked('policies.delete') { params }: Call<Api['policies.delete']>) {
    return this.writePolicy.remove(caller, params['id'] ?? '');
  }

  @Operation('policies.order')
  orderPolicies(@CalledBy() caller: Caller, @Asked('policies.order') { body }: Call<Api['policies.order']>) {
    return this.writePolicy.order(caller, body.ids);
  }
}
