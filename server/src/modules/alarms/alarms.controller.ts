import { Controller, Inject } from '@nestjs/common';
import { Operation } from '../../platform/http/operation.ts';
import { Alarms } from './alarms.ts';

@Controller()
export class AlarmsController {
  constructor(@Inject(Alarms) private readonly alarms: Alarms) {}

  @Operation('alarms.list')
  list() {
    return this.alarms.list();
  }
}
