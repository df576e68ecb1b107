import { Inject, Injectable } from '@nestjs/common';
import type { WantedChange } from '@switchboard/contract';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { OpenQuestions } from '../answering/open-questions.ts';
import { ChangeMessage } from '../changing/change-message.ts';
import type { StoredAmendment, StoredMessage } from '../entry.schema.ts';
import { TicketAccess } from '../ticket-access.ts';
import { AmendMessage } from './amend-message.ts';
import { withAmendment } from './amendments.ts';

/** A change failed, or nobody knows: the agent tries again, or leaves the message as it is. */
@Injectable()
export class RetryAmendment {
  constructor(
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(AmendMessage) private readonly amend: AmendMessage,
    @Inject(ChangeMessage) private readonly change: ChangeMessage,
    @Inject(OpenQuestions) private readonly questions: OpenQuestions,
  ) {}

  async retry(caller: Caller, params: Record<string, string>): Promise<StoredMessage> {
    const ticket = await this.access.require(caller, params['id']);
    const message = await this.amend.message(ticket._id, params['entryId']);
    const id = params['amendmentId'] ?? '';
    const { reason: _, ...amendment } = this.standing(message, id);
    await this.amend.allowed(caller, message, { ...amendment, text: ' ' } as WantedChange);
    await this.settle(message, id, { ...amendment, state: 'pending', attempt: null, awaits: null });
    await this.amend.callNext(message, id);
    return this.amend.message(ticket._id, message._id);
  }

  async drop(caller: Caller, params: Record<string, string>): Promise<StoredMessage> {
    const ticket = await this.access.require(caller, params['id']);
    const message = await this.amend.message(ticket._id, params['entryId']);
    const id = params['amendmentId'] ?? '';
    this.standing(message, id);
    await this.settle(message, id, null);
    return this.amend.message(ticket._id, message._id);
  }

  private standing({ amendments = {} }: StoredMessage, id: string): StoredAmendment {
    const amendment = amendments[id];
    if (!amendment) throw new HubError('not-found', 'There is no such change, or it is done');
    if (amendment.state === 'pending') throw new HubError('conflict', 'The change is on its way');
    return amendment;
  }

  private async settle({ _id, ticketId }: StoredMessage, id: string, to: StoredAmendment | null): Promise<void> {
    const others = await this.questions.besides(ticketId, _id);
    await this.change.run(_id, (now) => {
      const state = now.amendments?.[id]?.state;
      if (state !== 'failed' && state !== 'unknown') return null;
      const changes = withAmendment(now, id, to);
      const stillFailed = changes.some(({ path, value }) => path === 'amendFailed' && value === true);
      return { changes, patch: { needsAttention: others || stillFailed } };
    });
  }
}
