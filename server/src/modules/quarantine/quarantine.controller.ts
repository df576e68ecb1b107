import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { Quarantine } from './quarantine.ts';

@Controller()
export class QuarantineController {
  constructor(@Inject(Quarantine) private readonly quarantine: Quarantine) {}

  @Operation('quarantine.list')
  list(@Asked('quarantine.list') { query }: Call<Api['quarantine.list']>) {
    return this.quarantine.page(query);
  }

  @Operation('quarantine.read')
  read(@Asked('quarantine.read') { params }: Call<Api['quarantine.read']>) {
    return this.quarantine.read(params['id'] ?? '');
  }

  @Operation('quarantine.replay')
  replay(@CalledBy() caller: Caller, @Asked('quarantine.replay') { params }: Call<Api['quarantine.replay']>) {
    return this.quarantine.replay(caller, params['id'] ?? '');
  }

  @Operation('quarantine.discard')
  discard(@CalledBy() caller: Caller, @Asked('quarantine.discard') { params }: Call<Api['quarantine.discard']>) {
    return this.quarantine.discard(caller, params['id'] ?? '');
  }
}
