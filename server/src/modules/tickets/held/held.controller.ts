import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../../platform/http/operation.ts';
import { heldView } from '../ticket.view.ts';
import { HoldReply } from './hold-reply.ts';
import { ListHeld } from './list-held.ts';
import { RescheduleHeld } from './reschedule-held.ts';
import { ReturnHeld } from './return-held.ts';

/** Replies that wait before they go out. */
@Controller()
export class HeldController {
  constructor(
    @Inject(ListHeld) private readonly list: ListHeld,
    @Inject(HoldReply) private readonly hold: HoldReply,
    @Inject(RescheduleHeld) private readonly reschedule: RescheduleHeld,
    @Inject(ReturnHeld) private readonly back: ReturnHeld,
  ) {}

  @Operation('held.list')
  page(@CalledBy() caller: Caller, @Asked('held.list') { query }: Call<Api['held.list']>) {
    return this.list.page(caller, query);
  }

  @Operation('held.create')
  async create(@CalledBy() caller: Caller, @Asked('held.create') { params, body }: Call<Api['held.create']>) {
    return heldView(await this.hold.run(caller, params['id'], body));
  }

  @Operation('held.update')
  async update(@CalledBy() caller: Caller, @Asked('held.update') { params, body }: Call<Api['held.update']>) {
    return heldView(await this.reschedule.run(caller, params['id'], params['entryId'], body));
  }

  @Operation('held.release')
  async release(@CalledBy() caller: Caller, @Asked('held.release') { params }: Call<Api['held.release']>) {
    return heldView(await this.reschedule.now(caller, params['id'], params['entryId']));
  }

  @Operation('held.return')
  async return(@CalledBy() caller: Caller, @Asked('held.return') { params }: Call<Api['held.return']>) {
    return heldView(await this.back.run(caller, params['id'], params['entryId']));
  }

  @Operation('held.discard')
  discard(@CalledBy() caller: Caller, @Asked('held.discard') { params }: Call<Api['held.discard']>) {
    return this.back.discard(caller, params['id'], params['entryId']);
  }
}
