import { Inject, Injectable } from '@nestjs/common';
import type { CallTarget, CallView } from '@switchboard/contract';
import type { NewId } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { NEW_ID } from '../../../platform/tokens.ts';
import { KeepCall } from '../../tickets/index.ts';
import { Consult } from '../aside/consult.ts';
import { Targets } from '../aside/targets.ts';
import { callView } from '../call.view.ts';
import { CallAccess, requireTalking } from './call-access.ts';
import { HandOver } from './hand-over.ts';

/** At once, to who answers or is next; the caller hears music until then. Who asks them first consults (aside/consult.ts). */
@Injectable()
export class TransferCall {
  constructor(
    @Inject(CallAccess) private readonly access: CallAccess,
    @Inject(Targets) private readonly targets: Targets,
    @Inject(Consult) private readonly consult: Consult,
    @Inject(HandOver) private readonly over: HandOver,
    @Inject(KeepCall) private readonly keep: KeepCall,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async run(caller: Caller, id: string | undefined, { to, note }: { to: CallTarget; note: string }): Promise<CallView> {
    const call = await this.access.own(caller, id);
    requireTalking(call);
    if ('number' in to) return this.consult.send(caller, call, to.number, note);
    const target = await this.targets.of(to);
    const given = await this.over.run(call, caller.id, target, async ({ ticketId }) => {
      if (ticketId === null) return;
      if (note !== '') await this.keep.note(ticketId, { key: this.newId(), text: note, by: caller });
      await this.keep.hand(ticketId, target, caller);
    });
    if (given === null) throw new HubError('conflict', 'The call has just ended');
    return callView(given);
  }
}
