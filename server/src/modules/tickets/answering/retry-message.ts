import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { ChangeMessage } from '../changing/change-message.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { OpenQuestions } from './open-questions.ts';
import { QueueOutbound } from './queue-outbound.ts';
import { TicketAccess } from '../ticket-access.ts';
import type { Thread } from '../thread.schema.ts';

/** The agent's own decision to send again what failed, or what may or may not have gone out. */
@Injectable()
export class RetryMessage {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(ChangeMessage) private readonly change: ChangeMessage,
    @Inject(OpenQuestions) private readonly questions: OpenQuestions,
    @Inject(QueueOutbound) private readonly outbound: QueueOutbound,
  ) {}

  async run(caller: Caller, ticketId: string | undefined, entryId: string | undefined): Promise<StoredMessage> {
    const ticket = await this.access.require(caller, ticketId);
    const others = await this.questions.besides(ticket._id, entryId);
    const appended = await this.change.run(entryId ?? '', (message) => {
      if (
        message.ticketId !== ticket._id ||
        message.direction !== 'out' ||
        message.deletedAt !== undefined ||
        !['failed', 'unknown'].includes(message.state)
      )
        return null;
      return {
        changes: [
          { path: 'state', value: 'pending' },
          { path: 'reason', value: null },
          { path: 'attempt', value: null },
          { path: 'awaits', value: null },
        ],
        patch: { needsAttention: others },
      };
    });
    if (appended === null) throw new HubError('not-found', 'There is no such message');
    if (!appended.ok)
      throw new HubError('conflict', 'Only a message that failed, or whose outcome is unknown, can be sent again');
    const message = await this.entries.findById(entryId).lean<StoredMessage>();
    const thread = message && (await this.threads.findById(message.threadId).lean<Thread>());
    if (!message || !thread) throw new HubError('not-found', 'There is no such message');
    await this.outbound.run(message, thread);
    return message;
  }
}
