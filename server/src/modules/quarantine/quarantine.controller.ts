import { Controller, Inject, Res } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller, HubReply } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { DecideMany } from './decide-many.ts';
import { Quarantine } from './quarantine.ts';
import { ReplayItem } from './replay-item.ts';

@Controller()
export class QuarantineController {
  constructor(
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(ReplayItem) private readonly replay: ReplayItem,
    @Inject(DecideMany) private readonly many: DecideMany,
  ) {}

  @Operation('quarantine.list')
  list(@Asked('quarantine.list') { query }: Call<Api['quarantine.list']>) {
    return this.quarantine.page(query);
  }

  @Operation('quarantine.count')
  count() {
    return this.quarantine.count();
  }

  @Operation('quarantine.read')
  read(@Asked('quarantine.read') { params }: Call<Api['quarantine.read']>) {
    return this.quarantine.read(params['id'] ?? '');
  }

  @Operation('quarantine.raw')
  async raw(@Asked('quarantine.raw') { params }: Call<Api['quarantine.raw']>, @Res() reply: HubReply): Promise<void> {
    const body = await this.quarantine.raw(params['id'] ?? '');
    await reply
      .header('content-disposition', `attachment; filename="quarantine-${params['id']}.txt"`)
      .type('application/octet-stream')
      .send(body);
  }

  @Operation('quarantine.replay')
  again(@CalledBy() caller: Caller, @Asked('quarantine.replay') { params, body }: Call<Api['quarantine.replay']>) {
    return this.replay.run(caller, params['id'] ?? '', body.raw);
  }

  @Operation('quarantine.replayMany')
  replayMany(@CalledBy() caller: Caller, @Asked('quarantine.replayMany') { body }: Call<Api['quarantine.replayMany']>) {
    return this.many.replay(caller, body.ids);
  }

  @Operation('quarantine.discardMany')
  discardMany(
    @CalledBy() caller: Caller,
    @Asked('quarantine.discardMany') { body }: Call<Api['quarantine.discardMany']>,
  ) {
    return this.many.discard(caller, body.ids);
  }

  @Operation('quarantine.discard')
  discard(@CalledBy() caller: Caller, @Asked('quarantine.discard') { params }: Call<Api['quarantine.discard']>) {
    return this.quarantine.discard(caller, params['id'] ?? '');
  }
}
