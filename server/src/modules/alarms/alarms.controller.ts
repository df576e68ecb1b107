import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import { Asked, Operation } from '../../platform/http/operation.ts';
import { Alarms } from './alarms.ts';

@Controller()
export class AlarmsController {
  constructor(@Inject(Alarms) private readonly alarms: Alarms) {}

  @Operation('alarms.list')
  list(@Asked('alarms.list') { query }: Call<Api['alarms.list']>) {
    return this.alarms.page(query);
  }
}
