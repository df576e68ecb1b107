import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import { Customers } from '../../customers/index.ts';
import { AppendEntry, type EntryDraft } from '../changing/append-entry.ts';
import { ChangeMessage } from '../changing/change-message.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { OpenTicket } from '../receiving/open-ticket.ts';
import { previewOf } from '../preview.ts';
import { newReplyToken, providerThread, type Thread } from '../thread.schema.ts';
import { TicketAccess } from '../ticket-access.ts';
import type { Ticket } from '../ticket.schema.ts';

/**
 * A message that joined the wrong conversation, and what its sender wrote after it, get a ticket of their own, on a thread of its
 * own: what answers them, and what the sender says next, follows them there.
 * Begun twice or cut off in the middle it ends the same: every step finds what it made before.
 */
@Injectable()
export class SplitTicket {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(OpenTicket) private readonly openTicket: OpenTicket,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(ChangeMessage) private readonly change: ChangeMessage,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async run(caller: Caller, ticketId: string | undefined, entryId: string | undefined): Promise<Ticket> {
    const from = await this.access.require(caller, ticketId);
    const message = await this.entries
      .findOne({ _id: entryId, ticketId: from._id, type: 'message', direction: 'in' })
      .lean<StoredMessage>();
    if (message === null)
      throw new HubError('invalid', 'Only a customer’s message can be moved to a ticket of its own');
    const customer = await this.customers.byId(message.author.id ?? from.customerId);
    if (customer === null) throw new HubError('not-found', 'The customer of this message is no longer there');
    const to = await this.openTicket.run({
      openedBy: `split:${message._id}`,
      customer,
      queueId: from.queueId,
      channel: message.channel,
      subject: message.subject,
      parts: message.parts,
    });
    const moving = [message, ...(await this.following(message))];
    const thread = await this.threadOf(message, to, moving.at(-1)?.externalId ?? null);
    let ticket = to;
    for (const each of moving) ticket = await this.move(each, to, thread);
    return ticket;
  }

  /** What its sender wrote after it belongs to it. */
  private following({ ticketId, seq, threadId, author }: StoredMessage): Promise<StoredMessage[]> {
    return this.entries
      .find({ ticketId, seq: { $gt: seq }, type: 'message', direction: 'in', threadId, movedTo: null })
      .find({ 'author.id': author.id })
      .sort({ seq: 1 })
      .lean<StoredMessage[]>();
  }

  private async move(message: StoredMessage, to: Ticket, thread: Thread): Promise<Ticket> {
    const appended = await this.append.to(to._id, (ticket) => ({
      topic: 'message.added',
      entry: copyOf(message, thread._id),
      patch: {
        waitingSince: ticket.waitingSince ?? message.at,
        inboundCount: ticket.inboundCount + 1,
        preview: { text: previewOf(message.parts, message.subject), from: 'customer', at: message.at },
      },
    }));
    // Its provider id goes with it, so that an answer to it finds the new thread.
    await this.change.run(message._id, (now) =>
      now.movedTo === undefined
        ? {
            changes: [
              { path: 'movedTo', value: to.number },
              { path: 'externalId', value: `moved:${message._id}` },
            ],
          }
        : null,
    );
    return appended.ticket;
  }

  private async threadOf(
    message: StoredMessage,
    ticket: Ticket,
    lastInboundExternalId: string | null,
  ): Promise<Thread> {
    const externalId = `split:${message._id}`;
    const { channelAccountId } = message;
    const find = () => this.threads.findOne({ channelAccountId, externalId }).lean<Thread>();
    const known = await find();
    if (known !== null) return known;
    const old = (await this.threads.findById(message.threadId).lean<Thread>()) as Thread;
    const { parted: _, ...kept } = old;
    const root = providerThread(old);
    // First, so that the part is found as soon as it is there.
    await this.threads.updateOne({ _id: root.id }, { $set: { parted: true } });
    const thread: Thread = {
      ...kept,
      _id: this.newId(),
      externalId,
      root,
      ticketId: ticket._id,
      customerId: ticket.customerId,
      replyToken: newReplyToken(),
      lastInboundExternalId,
      createdAt: this.clock.now(),
    };
    try {
      await this.threads.create(thread);
      return thread;
    } catch (error) {
      if (!isDuplicate(error, 'externalId')) throw error;
      // Somebody else moves it in this moment.
      const winner = await find();
      if (winner === null) throw error;
      return winner;
    }
  }
}

const COPY = 'split:';
/** Of a message that was moved: its sender sent one. */
export const isCopy = ({ onceKey }: Pick<StoredMessage, 'onceKey'>): boolean => onceKey?.startsWith(COPY) ?? false;

function copyOf(message: StoredMessage, threadId: string): EntryDraft {
  const { _id, ticketId: _ticket, seq: _seq, patch: _patch, dedupeKey: _dedupe, attempt: _attempt, ...kept } = message;
  // Who gets it now is told by the history of its new ticket.
  const { assignedAt: _assigned, ...milestones } = kept.milestones;
  return { ...kept, milestones, threadId, onceKey: COPY + _id, joinedBy: 'new-ticket', changedSeq: 0 };
}
