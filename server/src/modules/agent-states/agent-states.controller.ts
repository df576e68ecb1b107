import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { SetState } from './set-state.ts';
import { StateSpells } from './state-history.ts';
import { EndWrapUp } from './wrap-up/end-wrap-up.ts';

@Controller()
export class AgentStatesController {
  constructor(
    @Inject(SetState) private readonly set: SetState,
    @Inject(StateSpells) private readonly spells: StateSpells,
    @Inject(EndWrapUp) private readonly wrapUp: EndWrapUp,
  ) {}

  @Operation('me.setState')
  own(@CalledBy() caller: Caller, @Asked('me.setState') { body }: Call<Api['me.setState']>) {
    return this.set.own(caller, body);
  }

  @Operation('me.setChannels')
  channels(@CalledBy() caller: Caller, @Asked('me.setChannels') { body }: Call<Api['me.setChannels']>) {
    return this.set.channels(caller, body.paused);
  }

  @Operation('me.extendWrapUp')
  extend(@CalledBy() caller: Caller, @Asked('me.extendWrapUp') { body }: Call<Api['me.extendWrapUp']>) {
    return this.wrapUp.extend(caller, body.seconds);
  }

  @Operation('me.states')
  ownHistory(@CalledBy() caller: Caller, @Asked('me.states') { query }: Call<Api['me.states']>) {
    return this.spells.page(caller.id, query);
  }

  @Operation('agents.setState')
  of(@CalledBy() caller: Caller, @Asked('agents.setState') { params, body }: Call<Api['agents.setState']>) {
    return this.set.of(caller, params['id'] ?? '', body);
  }

  @Operation('agents.states')
  history(@Asked('agents.states') { params, query }: Call<Api['agents.states']>) {
    return this.spells.page(params['id'] ?? '', query);
  }
}
