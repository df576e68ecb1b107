import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { ExplainRouting } from './explain-routing.ts';

@Controller()
export class RoutingController {
  constructor(@Inject(ExplainRouting) private readonly explain: ExplainRouting) {}

  @Operation('tickets.routing')
  why(@CalledBy() caller: Caller, @Asked('tickets.routing') { params }: Call<Api['tickets.routing']>) {
    return this.explain.run(caller, params['id']);
  }

  @Operation('tickets.wait')
  wait(@CalledBy() caller: Caller, @Asked('tickets.wait') { params }: Call<Api['tickets.wait']>) {
    return this.explain.wait(caller, params['id']);
  }
}
