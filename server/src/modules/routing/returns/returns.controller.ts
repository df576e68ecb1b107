import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CalledBy, Operation } from '../../../platform/http/operation.ts';
import { ReturnWork } from './return-work.ts';

@Controller()
export class ReturnsController {
  constructor(@Inject(ReturnWork) private readonly work: ReturnWork) {}

  @Operation('me.leaving')
  async leaving(@CalledBy() caller: Caller) {
    return { conversations: await this.work.leaving(caller.id) };
  }

  @Operation('me.heardReturned')
  heard(@CalledBy() caller: Caller) {
    return this.work.heard(caller.id);
  }
}
