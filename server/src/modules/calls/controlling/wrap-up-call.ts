import { Inject, Injectable } from '@nestjs/common';
import type { CallView, WrapUpQuestion } from '@switchboard/contract';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Organisations } from '../../organisation/index.ts';
import { Queues } from '../../queues/index.ts';
import { KeepCall, ReadTicket } from '../../tickets/index.ts';
import type { Call } from '../call.schema.ts';
import { callView } from '../call.view.ts';
import { SettleCall } from '../settle-call.ts';
import { CallAccess } from './call-access.ts';

/** What a call was about is asked as its ticket's queue says, wherever its menu had led it; else as the organisation does. */
@Injectable()
export class WrapUpCall {
  constructor(
    @Inject(CallAccess) private readonly access: CallAccess,
    @Inject(SettleCall) private readonly settle: SettleCall,
    @Inject(KeepCall) private readonly keep: KeepCall,
    @Inject(ReadTicket) private readonly tickets: ReadTicket,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Organisations) private readonly organisations: Organisations,
  ) {}

  async question(caller: Caller, id: string | undefined): Promise<WrapUpQuestion> {
    return this.about(await this.access.own(caller, id));
  }

  /** HubError `invalid` of an answer that is none of the list, or missing. */
  async run(
    caller: Caller,
    id: string | undefined,
    { disposition, resolve }: { disposition: string | null; resolve: boolean },
  ): Promise<CallView> {
    const call = await this.access.own(caller, id);
    if (call.endedAt === null) throw new HubError('conflict', 'The call goes on: hang up first');
    await this.check(call, disposition);
    const { call: done } = await this.settle.change(call._id, (now) =>
      now.phase === 'over' && now.disposition === disposition ? now : { ...now, phase: 'over', disposition },
    );
    if (resolve && call.ticketId !== null) await this.keep.resolve(call.ticketId, { id: caller.id, name: caller.name });
    return callView(done);
  }

  /** What was answered before stays an answer, though the list has changed. */
  private async check(call: Call, disposition: string | null): Promise<void> {
    if (call.phase === 'over' && call.disposition === disposition) return;
    const { dispositions, required } = await this.about(call);
    const isMissing = disposition === null && required;
    if (!isMissing && (disposition === null || dispositions.includes(disposition))) return;
    const message = isMissing
      ? 'Say what the call was about'
      : `“${disposition}” is not what calls of this queue are about: choose one of its list`;
    throw new HubError('invalid', message, { fields: [{ path: 'disposition', message }] });
  }

  private async about({ ticketId, queueId }: Call): Promise<WrapUpQuestion> {
    const place = ticketId === null ? null : await this.tickets.placeOf(ticketId);
    const queue = await this.queues.byId(place?.queueId ?? queueId ?? '');
    if (queue?.wrapUp != null) return queue.wrapUp;
    const { dispositions, dispositionRequired } = await this.organisations.read();
    return { dispositions, required: dispositionRequired && dispositions.length > 0 };
  }
}
