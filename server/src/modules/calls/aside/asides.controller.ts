import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../../platform/http/operation.ts';
import { CallRulesBook } from '../rules/call-rules-book.ts';
import { Consult } from './consult.ts';
import { Participants } from './participants.ts';

@Controller()
export class AsidesController {
  constructor(
    @Inject(Consult) private readonly consulting: Consult,
    @Inject(Participants) private readonly participants: Participants,
    @Inject(CallRulesBook) private readonly rules: CallRulesBook,
  ) {}

  @Operation('calls.consult')
  consult(@CalledBy() caller: Caller, @Asked('calls.consult') { params, body }: Call<Api['calls.consult']>) {
    return this.consulting.begin(caller, params['id'], body);
  }

  @Operation('calls.joinAside')
  join(@CalledBy() caller: Caller, @Asked('calls.joinAside') { params }: Call<Api['calls.joinAside']>) {
    return this.consulting.join(caller, params['id']);
  }

  @Operation('calls.declineAside')
  decline(@CalledBy() caller: Caller, @Asked('calls.declineAside') { params }: Call<Api['calls.declineAside']>) {
    return this.consulting.decline(caller, params['id']);
  }

  @Operation('calls.endAside')
  end(@CalledBy() caller: Caller, @Asked('calls.endAside') { params, body }: Call<Api['calls.endAside']>) {
    return this.consulting.end(caller, params['id'], body.how);
  }

  @Operation('calls.holdLeg')
  hold(@CalledBy() caller: Caller, @Asked('calls.holdLeg') { params, body }: Call<Api['calls.holdLeg']>) {
    return this.participants.hold(caller, params['id'], params['leg'] ?? '', body.on);
  }

  @Operation('calls.removeLeg')
  remove(@CalledBy() caller: Caller, @Asked('calls.removeLeg') { params }: Call<Api['calls.removeLeg']>) {
    return this.participants.remove(caller, params['id'], params['leg'] ?? '');
  }

  @Operation('calls.leave')
  leave(@CalledBy() caller: Caller, @Asked('calls.leave') { params, body }: Call<Api['calls.leave']>) {
    return this.participants.leave(caller, params['id'], body.leg);
  }

  @Operation('callRules.read')
  readRules(@Asked('callRules.read') { params }: Call<Api['callRules.read']>) {
    return this.rules.read(params['id'] ?? '');
  }

  @Operation('callRules.write')
  writeRules(@CalledBy() caller: Caller, @Asked('callRules.write') { params, body }: Call<Api['callRules.write']>) {
    return this.rules.write(caller, params['id'] ?? '', body);
  }
}
