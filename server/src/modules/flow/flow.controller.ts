import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import { Asked, Operation } from '../../platform/http/operation.ts';
import { ReadFlow } from './read-flow.ts';

@Controller()
export class FlowController {
  constructor(@Inject(ReadFlow) private readonly read: ReadFlow) {}

  @Operation('flow.read')
  report(@Asked('flow.read') { query }: Call<Api['flow.read']>) {
    return this.read.run(query.period);
  }
}
