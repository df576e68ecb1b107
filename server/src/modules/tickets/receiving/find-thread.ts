import { Inject, Injectable } from '@nestjs/common';
import type { InboundEventOf, MessageEntry, Party } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { gatheredUpdates } from '../../../platform/database/gathered-writes.ts';
import { quickFind, quickInsert } from '../../../platform/database/quick.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import { Channels } from '../../channels/index.ts';
import type { Customer } from '../../customers/index.ts';
import { Organisations } from '../../organisation/index.ts';
import { Queues } from '../../queues/index.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { answerOf } from '../surveying/survey-answer.ts';
import { OpenTicket } from './open-ticket.ts';
import { RecentTickets } from '../changing/recent-tickets.ts';
import { threadInUse } from './thread-in-use.ts';
import { blankThread, type Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

type Received = InboundEventOf<'message.received'>;
type JoinedBy = NonNullable<MessageEntry['joinedBy']>;
export interface Joined {
  thread: Thread;
  ticket: Ticket;
  by: JoinedBy;
}
/** A thread that the message belongs to but whose ticket takes no more, or one that its sender may not join. */
interface Left {
  thread: Thread;
  may: 'go on' | 'not join';
}
export type Place = { open: Joined } | { left: Left } | { new: true };

/**
 * Which conversation does a message belong to? What it answers (the graph of message ids) decides, then the signed token that
 * came back, then the provider's own thread; never a subject. Who is no participant joins nobody's conversation.
 */
@Injectable()
export class FindThread {
  private readonly marks = gatheredUpdates(this.threads);

  constructor(
    @Inject('threads') readonly threads: Model<Thread>,
    @Inject('entries') readonly entries: Model<StoredEntry>,
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(RecentTickets) private readonly recent: RecentTickets,
    @Inject(OpenTicket) private readonly openTicket: OpenTicket,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** Looks only: nothing is made, nor changed but the id of a thread that we began. */
  async placeOf(event: Received): Promise<Place> {
    const found = await this.existing(event);
    if (found === null) return { new: true };
    const { thread, by } = found;
    if (!isParticipant(thread, event)) return { left: { thread, may: 'not join' } };
    const ticket = this.recent.find(thread.ticketId) ?? (await quickFind(this.tickets, { _id: thread.ticketId }));
    if (ticket === null) return { left: { thread, may: 'go on' } };
    // Who only says how it was has nothing new to begin.
    const answers = answerOf(event.message, thread, ticket, this.clock.now())?.alone;
    if (!answers && !(await this.stillOpen(ticket))) return { left: { thread, may: 'go on' } };
    return { open: { thread, ticket, by: ticket.openedBy === openingOf(event) ? 'new-ticket' : by } };
  }

  /** Opens what the place does not have yet. Once, however often it is asked. */
  async join(place: Place, event: Received, customer: Customer): Promise<Joined> {
    if ('open' in place) return place.open;
    if ('new' in place) return this.start(event, customer, event.thread.externalId);
    const { thread, may } = place.left;
    return may === 'go on' ? this.goOn(thread, event, customer) : this.start(event, customer, event.message.externalId);
  }

  /** Once its entry is stored. What comes again late brings no old times back. */
  async noteInbound(threadId: string, event: Received): Promise<void> {
    const mark = inboundMark(event);
    const notNewer = { $or: [{ lastInboundAt: null }, { lastInboundAt: { $lte: mark.lastInboundAt } }] };
    await this.marks.add({ filter: { _id: threadId, ...notNewer }, update: { $set: mark } });
    const others = othersOf(event).map(({ externalId }) => externalId);
    if (others.length > 0)
      await this.threads.updateOne({ _id: threadId }, { $addToSet: { participants: { $each: others } } });
  }

  private async existing(event: Received): Promise<{ thread: Thread; by: JoinedBy } | null> {
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
    const known =
      (await quickFind(this.threads, { channelAccountId, externalId: thread.externalId })) ??
      (await this.firstAnswer(event));
    return known === null ? null : { thread: await threadInUse(this, known), by: 'thread' };
  }

  /**
   * We wrote first, to an address; the answer comes under the id that the provider has for who has it. From then on the thread has
   * that id, too: nothing else is known by the address.
   */
  private async firstAnswer({ channelAccountId, thread, sender }: Received): Promise<Thread | null> {
    const addresses = sender.handles.map(({ value }) => value).filter((value) => value !== thread.externalId);
    if (thread.shape !== 'direct' || addresses.length === 0) return null;
    const ours = { channelAccountId, externalId: { $in: addresses }, lastInboundAt: null };
    const { externalId } = thread;
    const update = { $set: { externalId, recipient: sender }, $addToSet: { participants: sender.externalId } };
    return this.threads.findOneAndUpdate(ours, update, { returnDocument: 'after' }).lean<Thread>();
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
      await quickInsert(this.threads, thread);
      return { thread, ticket, by: 'new-ticket' };
    } catch (error) {
      if (!isDuplicate(error, 'externalId')) throw error;
      // Made by an earlier try of this event, or just now by another message of the same thread.
      const winner = await this.threads
        .findOne({ channelAccountId: event.channelAccountId, externalId })
        .lean<Thread>();
      if (winner === null) throw error;
      return this.joinedOf(winner, ticket);
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
    return this.joinedOf(now, ticket);
  }

  /** Of the ticket that was opened for it, or of the one that another message of the thread has opened meanwhile. */
  private async joinedOf(thread: Thread, opened: Ticket): Promise<Joined> {
    if (thread.ticketId === opened._id) return { thread, ticket: opened, by: 'new-ticket' };
    const ticket = await this.tickets.findById(thread.ticketId).lean<Ticket>();
    return { thread, ticket: ticket ?? opened, by: 'thread' };
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

  private blank(event: Received, customer: Customer, externalId: string, ticketId: string): Thread {
    const { channelAccountId, channel, sender: recipient } = event;
    const place = { channelAccountId, channel, externalId, ticketId, customerId: customer._id, recipient };
    const blank = blankThread(place, { _id: this.newId(), now: this.clock.now() });
    return {
      ...blank,
      shape: event.thread.shape,
      subject: event.thread.subject ?? null,
      participants: [...blank.participants, ...othersOf(event).map(({ externalId: id }) => id)],
      cc: event.message.cc ?? [],
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
