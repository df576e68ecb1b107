import { Inject, Injectable } from '@nestjs/common';
import { whyNotChanged, type Api, type Call, type Capabilities, type WantedChange } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { authorOf, type Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Audit } from '../../audit/index.ts';
import { Channels } from '../../channels/index.ts';
import { CheckReply } from '../answering/check-reply.ts';
import { QueueOutbound } from '../answering/queue-outbound.ts';
import { ChangeMessage } from '../changing/change-message.ts';
import type { StoredAmendment, StoredEntry, StoredMessage } from '../entry.schema.ts';
import type { Thread } from '../thread.schema.ts';
import { TicketAccess } from '../ticket-access.ts';
import { editedParts, withAmendment } from './amendments.ts';
import { ChangeUnsent } from './change-unsent.ts';

type Wanted = Call<Api['messages.amend']>['body'];

/**
 * An agent edits, deletes or reacts: written down in the message, and its command on the bus. What is on its way to the provider
 * itself waits there until it is out. Posted again under its clientId it stays one.
 */
@Injectable()
export class AmendMessage {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(CheckReply) private readonly check: CheckReply,
    @Inject(ChangeMessage) private readonly change: ChangeMessage,
    @Inject(ChangeUnsent) private readonly unsent: ChangeUnsent,
    @Inject(QueueOutbound) private readonly outbound: QueueOutbound,
    @Inject(Audit) private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(caller: Caller, ticketId: string | undefined, entryId: string | undefined, { clientId, change }: Wanted) {
    const ticket = await this.access.require(caller, ticketId);
    const message = await this.message(ticket._id, entryId);
    const onceKey = `amend:${clientId}`;
    if ((await this.entries.exists({ onceKey })) === null) {
      const capabilities = await this.allowed(caller, message, change);
      const amendment = this.amendmentOf(caller, message, change);
      if (amendment.kind === 'edit') await this.check.parts(caller, amendment.parts, capabilities);
      const settled = change.kind !== 'react' && (await this.unsent.run(message, amendment, onceKey));
      if (!settled) await this.ask(message, clientId, amendment, onceKey);
    }
    if (change.kind !== 'react') await this.record(caller, message, change.kind, onceKey);
    await this.callNext(message, clientId);
    return this.message(ticket._id, entryId);
  }

  /** May this agent do it, as things stand? */
  async allowed(caller: Caller, message: StoredMessage, change: WantedChange): Promise<Capabilities> {
    const open = await this.channels.open(message.channelAccountId);
    const capabilities = open?.connector.capabilities ?? null;
    const reason = whyNotChanged(change.kind, message, { capabilities, by: caller, now: this.clock.now() });
    if (reason !== null || capabilities === null)
      throw new HubError('invalid', reason ?? 'The channel account is disabled.');
    const known = capabilities.changes?.reactions.emoji ?? null;
    if (change.kind === 'react' && change.added && known !== null && !known.includes(change.emoji))
      throw new HubError('invalid', `This channel does not take ${change.emoji} as a reaction.`);
    return capabilities;
  }

  async message(ticketId: string, entryId: string | undefined): Promise<StoredMessage> {
    const message = await this.entries.findOne({ _id: entryId ?? '', ticketId, type: 'message' }).lean<StoredMessage>();
    if (message === null || message.movedTo !== undefined) throw new HubError('not-found', 'There is no such message');
    return message;
  }

  /** Its command, where it still waits: twice on the bus does no harm. */
  async callNext({ _id, threadId }: Pick<StoredMessage, '_id' | 'threadId'>, amendmentId: string): Promise<void> {
    const message = await this.entries.findById(_id).lean<StoredMessage>();
    if (message?.amendments?.[amendmentId]?.state !== 'pending') return;
    const thread = await this.threads.findById(threadId).lean<Thread>();
    if (thread !== null) await this.outbound.run(message, thread, amendmentId);
  }

  private async ask(message: StoredMessage, id: string, amendment: StoredAmendment, onceKey: string): Promise<void> {
    const appended = await this.change.run(
      message._id,
      (now, ticket) =>
        now.deletedAt || now.movedTo !== undefined
          ? null
          : { changes: withAmendment(now, id, { ...amendment, seq: ticket.seq + 1 }) },
      onceKey,
    );
    if (appended?.ok === false && appended.reason === 'moot')
      throw new HubError('conflict', 'The message was deleted or moved meanwhile');
  }

  private amendmentOf(caller: Caller, { parts }: StoredMessage, change: WantedChange): StoredAmendment {
    const what = change.kind === 'edit' ? { kind: 'edit' as const, parts: editedParts(parts, change) } : change;
    return { ...what, by: authorOf(caller), at: this.clock.now(), seq: 0, state: 'pending' };
  }

  /** Also of one that is posted again: the process that took it in first may have been killed before it came to this. */
  private async record(
    caller: Caller,
    { _id, ticketId, channel }: StoredMessage,
    kind: 'edit' | 'delete',
    onceKey: string,
  ): Promise<void> {
    const of = await this.entries.findOne({ onceKey }).lean<StoredEntry>();
    if (of === null) return;
    const action = kind === 'edit' ? 'message.edited' : 'message.deleted';
    await this.audit.record({ caller, action, subject: _id, detail: { ticketId, channel }, of });
  }
}
