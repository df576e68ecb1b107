import { Controller, Inject, Req } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller, HubRequest } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { ChangePicture } from './profile/change-picture.ts';
import { Agents } from './agents.ts';
import { UpdateAgent } from './update-agent.ts';

@Controller()
export class AgentsController {
  constructor(
    @Inject(Agents) private readonly agents: Agents,
    @Inject(UpdateAgent) private readonly update: UpdateAgent,
    @Inject(ChangePicture) private readonly picture: ChangePicture,
  ) {}

  @Operation('agents.list')
  list(@Asked('agents.list') { query }: Call<Api['agents.list']>) {
    return this.agents.page(query);
  }

  @Operation('agents.update')
  change(@CalledBy() caller: Caller, @Asked('agents.update') { params, body }: Call<Api['agents.update']>) {
    return this.update.run(caller, params['id'] ?? '', body);
  }

  @Operation('agents.setPicture')
  async setPicture(
    @CalledBy() caller: Caller,
    @Asked('agents.setPicture') { params }: Call<Api['agents.setPicture']>,
    @Req() request: HubRequest,
  ) {
    return this.agents.view(await this.picture.set(caller, params['id'] ?? '', request));
  }

  @Operation('agents.removePicture')
  async removePicture(
    @CalledBy() caller: Caller,
    @Asked('agents.removePicture') { params }: Call<Api['agents.removePicture']>,
  ) {
    return this.agents.view(await this.picture.remove(caller, params['id'] ?? ''));
  }
}
