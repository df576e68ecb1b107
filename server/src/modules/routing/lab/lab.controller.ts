import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../../platform/http/operation.ts';
import { Drafts } from './drafts.ts';
import { PublishDraft } from './publish-draft.ts';
import { ReplayDraft } from './replay-draft.ts';
import { Replays } from './replays.ts';
import { WriteDraft } from './write-draft.ts';

const idOf = ({ id = '' }: Record<string, string>): string => id;

@Controller()
export class LabController {
  constructor(
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(WriteDraft) private readonly write: WriteDraft,
    @Inject(ReplayDraft) private readonly replay: ReplayDraft,
    @Inject(Replays) private readonly replays: Replays,
    @Inject(PublishDraft) private readonly publishing: PublishDraft,
  ) {}

  @Operation('routingLab.list')
  list(@Asked('routingLab.list') { query }: Call<Api['routingLab.list']>) {
    return this.drafts.page(query);
  }

  @Operation('routingLab.create')
  create(@CalledBy() caller: Caller, @Asked('routingLab.create') { body }: Call<Api['routingLab.create']>) {
    return this.write.create(caller, body.name);
  }

  @Operation('routingLab.read')
  read(@Asked('routingLab.read') { params }: Call<Api['routingLab.read']>) {
    return this.drafts.read(idOf(params));
  }

  @Operation('routingLab.update')
  update(@CalledBy() caller: Caller, @Asked('routingLab.update') { params, body }: Call<Api['routingLab.update']>) {
    return this.write.change(caller, idOf(params), body);
  }

  @Operation('routingLab.delete')
  remove(@Asked('routingLab.delete') { params }: Call<Api['routingLab.delete']>) {
    return this.write.remove(idOf(params));
  }

  @Operation('routingLab.replay')
  start(@CalledBy() caller: Caller, @Asked('routingLab.replay') { params, body }: Call<Api['routingLab.replay']>) {
    return this.replay.start(caller, idOf(params), body.from);
  }

  @Operation('routingLab.replayed')
  replayed(@Asked('routingLab.replayed') { params }: Call<Api['routingLab.replayed']>) {
    return this.replay.read(idOf(params));
  }

  @Operation('routingLab.cancel')
  cancel(@Asked('routingLab.cancel') { params }: Call<Api['routingLab.cancel']>) {
    return this.replays.stop(idOf(params));
  }

  @Operation('routingLab.publish')
  publish(@CalledBy() caller: Caller, @Asked('routingLab.publish') { params }: Call<Api['routingLab.publish']>) {
    return this.publishing.publish(caller, idOf(params));
  }

  @Operation('routingLab.rollBack')
  rollBack(@CalledBy() caller: Caller, @Asked('routingLab.rollBack') { params }: Call<Api['routingLab.rollBack']>) {
    return this.publishing.rollBack(caller, idOf(params));
  }
}
