import { Inject, Injectable } from '@nestjs/common';
import type { WrapUpQuestion } from '@switchboard/contract';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Organisations } from '../../organisation/index.ts';
import { Queues } from '../../queues/index.ts';
import { ReadTicket } from '../../tickets/index.ts';
import type { Call } from '../call.schema.ts';
import { CallAccess } from './call-access.ts';

/** What a call was about is asked as its ticket's queue says, wherever its menu had led it; else as the organisation does. */
@Injectable()
export class WrapUpQuestions {
  constructor(
    @Inject(CallAccess) private readonly access: CallAccess,
    @Inject(ReadTicket) private readonly tickets: ReadTicket,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Organisations) private readonly organisations: Organisations,
  ) {}

  async of(caller: Caller, id: string | undefined): Promise<WrapUpQuestion> {
    return this.about(await this.access.own(caller, id));
  }

  /** HubError `invalid` of an answer that is none of the list, or missing. What was answered before stays an answer. */
  async check(call: Call, disposition: string | null): Promise<void> {
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
