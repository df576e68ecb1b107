import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { Agents } from './agents.ts';
import { UpdateAgent } from './update-agent.ts';

@Controller()
export class AgentsController {
  constructor(
    @Inject(Agents) private readonly agents: Agents,
    @Inject(UpdateAgent) private readonly update: UpdateAgent,
  ) {}

  @Operation('agents.list')
  list(@Asked('agents.list') { query }: Call<Api['agents.list']>) {
    return this.agents.page(query);
  }

  @Operation('agents.update')
  change(@CalledBy() caller: Caller, @Asked('agents.update') { params, body }: Call<Api['agents.update']>) {
    return this.update.run(caller, params['id'] ?? '', body);
  }
}
