import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { ReadPassport } from './read-passport.ts';

@Controller()
export class PassportController {
  constructor(@Inject(ReadPassport) private readonly read: ReadPassport) {}

  @Operation('messages.passport')
  passport(@CalledBy() caller: Caller, @Asked('messages.passport') { params }: Call<Api['messages.passport']>) {
    return this.read.run(caller, params['id'], params['entryId']);
  }
}
