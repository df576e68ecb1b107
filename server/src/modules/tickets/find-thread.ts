import { Inject, Injectable } from '@nestjs/common';
import type { InboundEventOf, MessageEntry, Party } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import { isDuplicate } from '../../platform/database/collection.ts';
import { CLOCK, NEW_ID } from '../../platform/tokens.ts';
import { Channels } from '../channels/index.ts';
import type { Customer } from '../customers/index.ts';
import { Organisations } from '../organisation/index.ts';
import { Queues } from '../queues/index.ts';
import type { StoredEntry, StoredMessage } from './entry.schema.ts';
import { OpenTicket } from './open-ticket.ts';
import { threadInUse } from './thread-in-use.ts';
import { newReplyToken, type Thread } from './thread.schema.ts';
import type { Ticket } from './ticket.schema.ts';

type Received = InboundEventOf<'message.received'>;
export interface Joined {
  thread: Thread;
  queueId: string;
  by: NonNullable<MessageEntry['joinedBy']>;
}

/**
 * Which conversation does a message belong to? What it answers (the graph of message ids) decides, then the signed token that
 * came back, then the provider's own thread; never a subject. Who is no participant joins nobody's conversation.
 */
@Injectable()
export class FindThread {
  constructor(
    @Inject('threads') readonly threads: Model<Thread>,
    @Inject('entries') readonly entries: Model<StoredEntry>,
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(OpenTicket) private readonly openTicket: OpenTicket,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async of(event: Received, customer: Customer): Promise<Joined> {
    const found = await this.existing(event);
    const mayJoin = found !== null && isParticipant(found.thread, event);
    if (!mayJoin)
      return this.start(event, customer, found === null ? event.thread.externalId : event.message.externalId);
    const ticket = await this.tickets.findById(found.thread.ticketId).lean<Ticket>();
    if (ticket === null || !(await this.stillOpen(ticket))) return this.goOn(found.thread, event, customer);
    await this.noteInbound(found.thread, event);
    return {
      thread: found.thread,
      queueId: ticket.queueId,
      by: ticket.openedBy === openingOf(event) ? 'new-ticket' : found.by,
    };
  }

  private async existing(event: Received): Promise<{ thread: Thread; by: Joined['by'] } | null> {
    const { channelAccountId, message, thread } = event;
    const named = [message.inReplyTo, ...(message.references ?? []).toReversed()].filter((id) => id !== undefined);
    if (named.length > 0) {
      const answered = await this.entries
        .findOne({ channelAccountId, externalId: { $in: named } })
        .sort({ _id: -1 })
        .lean<StoredMessage>();
      const known = answered && (await this.threads.findById(answered.threadId).lean<Thread>());
      if (known) return { thread: known, by: 'reference' };
    }
    if (thread.replyToken !== undefined) {
      const known = await this.threads.findOne({ replyToken: thread.replyToken, channelAccountId }).lean<Thread>();
      if (known !== null) return { thread: known, by: 'reply-token' };
    }
    const known = await this.threads.findOne({ channelAccountId, externalId: thread.externalId }).lean<Thread>();
    return known === null ? null : { thread: await threadInUse(this, known), by: 'thread' };
  }

  private async stillOpen(ticket: Ticket): Promise<boolean> {
    if (ticket.status !== 'resolved' || ticket.resolvedAt === null) return true;
    const { reopenWithinHours } = await this.organisations.read();
    return this.clock.now().getTime() - ticket.resolvedAt.getTime() <= reopenWithinHours * 3_600_000;
  }

  private async start(event: Received, customer: Customer, externalId: string): Promise<Joined> {
    const ticket = await this.open(event, customer);
    const thread = this.blank(event, customer, externalId, ticket._id);
    try {
      await this.threads.create(thread);
      return { thread, queueId: ticket.queueId, by: 'new-ticket' };
    } catch (error) {
      if (!isDuplicate(error, 'externalId')) throw error;
      // Made by an earlier try of this event, or just now by another message of the same thread.
      const winner = await this.threads
        .findOne({ channelAccountId: event.channelAccountId, externalId })
        .lean<Thread>();
      if (winner === null) throw error;
      return { thread: winner, queueId: ticket.queueId, by: winner.ticketId === ticket._id ? 'new-ticket' : 'thread' };
    }
  }

  /** The thread's last ticket is closed for good: a new one, for the same thread. */
  private async goOn(thread: Thread, event: Received, customer: Customer): Promise<Joined> {
    const ticket = await this.open(event, customer);
    const set = { ticketId: ticket._id, ...inboundMark(event) };
    const moved = await this.threads
      .findOneAndUpdate({ _id: thread._id, ticketId: thread.ticketId }, { $set: set }, { returnDocument: 'after' })
      .lean<Thread>();
    const now = moved ?? ((await this.threads.findById(thread._id).lean<Thread>()) as Thread);
    return { thread: now, queueId: ticket.queueId, by: now.ticketId === ticket._id ? 'new-ticket' : 'thread' };
  }

  private async open(event: Received, customer: Customer): Promise<Ticket> {
    const open = await this.channels.open(event.channelAccountId);
    const queueId = open?.account.queueId ?? (await this.queues.default()).id;
    return this.openTicket.run({
      openedBy: openingOf(event),
      customer,
      queueId,
      channel: event.channel,
      subject: event.thread.subject,
      parts: event.message.parts,
    });
  }

  private async noteInbound(thread: Thread, event: Received): Promise<void> {
    const others = othersOf(event).map(({ externalId }) => externalId);
    await this.threads.updateOne(
      { _id: thread._id },
      { $set: inboundMark(event), $addToSet: { participants: { $each: others } } },
    );
  }

  private blank(event: Received, customer: Customer, externalId: string, ticketId: string): Thread {
    return {
      _id: this.newId(),
      channelAccountId: event.channelAccountId,
      channel: event.channel,
      externalId,
      shape: event.thread.shape,
      ticketId,
      customerId: customer._id,
      subject: event.thread.subject ?? null,
      recipient: event.sender,
      participants: [event.sender.externalId, ...othersOf(event).map(({ externalId: id }) => id)],
      cc: event.message.cc ?? [],
      replyToken: newReplyToken(),
      seenAt: null,
      createdAt: this.clock.now(),
      ...inboundMark(event),
    };
  }
}

const openingOf = (event: Received): string => `${event.channelAccountId}:${event.dedupeKey}`;
const othersOf = ({ message }: Received): Party[] => [...(message.to ?? []), ...(message.cc ?? [])];
const inboundMark = (event: Received) => ({
  lastInboundAt: new Date(event.receivedAt),
  lastInboundExternalId: event.message.externalId,
});

/** Groups admit whoever the provider admitted; a thread of two, or of a mail's addressees, only them. */
const isParticipant = (thread: Thread, event: Received): boolean =>
  thread.shape === 'group' || thread.participants.includes(event.sender.externalId);
