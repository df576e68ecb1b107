import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { VisitorPresence } from './visitor-presence.ts';

@Controller()
export class VisitorPresenceController {
  constructor(@Inject(VisitorPresence) private readonly presence: VisitorPresence) {}

  @Operation('tickets.visitor')
  async of(@CalledBy() caller: Caller, @Asked('tickets.visitor') { params }: Call<Api['tickets.visitor']>) {
    return { visitor: await this.presence.of(caller, params['id']) };
  }
}
