import { Inject, Injectable } from '@nestjs/common';
import type { InboundEventOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { quickFind } from '../../../platform/database/quick.ts';
import { traceIdOf } from '../../../platform/log/trace.ts';
import { CLOCK, STAGES } from '../../../platform/tokens.ts';
import { Customers, Pictures, ResolveCustomer, type Customer } from '../../customers/index.ts';
import { type FlowStages, FlowTimes } from '../../flow/index.ts';
import { AppendEntry, type Change, type EntryDraft } from '../changing/append-entry.ts';
import { AddToAlbum, albumKeyOf } from './add-to-album.ts';
import { arrivalOf, tellArrival } from './arrival.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { FindThread, type Joined, type Place } from './find-thread.ts';
import { ReturnHeld } from '../held/return-held.ts';
import { OfferContact } from './offer-contact.ts';
import { previewOf } from '../preview.ts';
import { PublishTicketEvents } from '../changing/publish-ticket-events.ts';
import { statusPatch } from '../answering/reply-patch.ts';
import { answerOf, type SurveyAnswer } from '../surveying/survey-answer.ts';
import { TellFeedback } from '../surveying/tell-feedback.ts';
import { sameWriter, type Writer } from './same-writer.ts';
import { afterCustomerWrites } from '../statuses.ts';
import type { Ticket } from '../ticket.schema.ts';

type Received = InboundEventOf<'message.received'>;

/** A customer's message becomes an entry of a ticket: once, whichever process is killed where. */
@Injectable()
export class ReceiveMessage {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(ResolveCustomer) private readonly customers: ResolveCustomer,
    @Inject(Customers) private readonly notes: Customers,
    @Inject(Pictures) private readonly pictures: Pictures,
    @Inject(FindThread) private readonly threads: FindThread,
    @Inject(OfferContact) private readonly contacts: OfferContact,
    @Inject(AddToAlbum) private readonly album: AddToAlbum,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(PublishTicketEvents) private readonly publisher: PublishTicketEvents,
    @Inject(ReturnHeld) private readonly held: ReturnHeld,
    @Inject(TellFeedback) private readonly feedback: TellFeedback,
    @Inject(FlowTimes) private readonly times: FlowTimes,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STAGES) private readonly stages: FlowStages,
  ) {}

  async run(event: Received): Promise<void> {
    if (await this.album.run(event)) return;
    const place = await this.threads.placeOf(event);
    // In an open conversation its entry's key says whether it is known; before anything is opened, it is asked.
    const known = 'open' in place ? null : await this.known(event);
    if (known !== null) return this.again(event, known);
    const { writer, customer, joined } = await this.join(place, event);
    this.stages.passed('thread.found', event.eventId);
    const email = event.message.contact?.email;
    if (email !== undefined) {
      await this.notes.noteEmail(writer._id, email);
      await this.contacts.run(joined.thread, { email, name: event.message.contact?.name });
    }
    const plan = (ticket: Ticket) => this.plan(event, writer, joined, ticket);
    const appended = await this.append.to(joined.thread.ticketId, plan, undefined, joined.ticket);
    if (!appended.ok && appended.reason === 'duplicate') return this.again(event, appended.entry as StoredMessage);
    // Resolved since it was looked at: perhaps it takes no more.
    if (!appended.ok) return this.run(event);
    tellArrival(this.times, appended.entry as StoredMessage);
    if (joined.by === 'new-ticket') await this.publisher.publish('ticket.opened', appended.ticket, appended.entry);
    if ('open' in place) await this.threads.noteInbound(joined.thread._id, event);
    await this.follow(appended.entry as StoredMessage, appended.ticket);
    const { picture } = event.sender;
    if (customer !== null && picture !== undefined)
      await this.pictures.offer(customer, event.channelAccountId, picture);
  }

  /** `customer`: as stored, where they had to be looked up. */
  private async join(
    place: Place,
    event: Received,
  ): Promise<{ writer: Writer; customer: Customer | null; joined: Joined }> {
    const sender = named(event);
    const same = 'open' in place ? sameWriter(place.open, sender, this.clock.now()) : null;
    if (same !== null && 'open' in place) return { writer: same, customer: null, joined: place.open };
    const customer = await this.customers.of(sender, event.channelAccountId);
    return { writer: customer, customer, joined: await this.threads.join(place, event, customer) };
  }

  private known({ channelAccountId, dedupeKey }: Received): Promise<StoredMessage | null> {
    return quickFind(this.entries, {
      channelAccountId,
      dedupeKey,
    } as Partial<StoredMessage>) as Promise<StoredMessage | null>;
  }

  /**
   * Seen before. A bus's redelivery of the very event may have been cut off after the entry, so its effects are told again;
   * a provider's second delivery is counted.
   */
  private async again(event: Received, known: StoredMessage): Promise<void> {
    if (known.eventId !== event.eventId) {
      await this.countAgain(event, known);
      return;
    }
    const ticket = await this.append.settle(known.ticketId);
    await this.threads.noteInbound(known.threadId, event);
    await this.publisher.publish('message.added', ticket, known);
    if (known.joinedBy === 'new-ticket') await this.publisher.publish('ticket.opened', ticket, known);
    await this.follow(known, ticket);
  }

  /** What else a message does, each once: told again where it may have been cut off. */
  private async follow(message: StoredMessage, ticket: Ticket): Promise<void> {
    await this.noteReopening(message);
    await this.feedback.of(message);
    if (ticket.scheduled > 0) await this.held.customerWrote(message);
  }

  /** Once, also where the bus brings this very delivery several times. */
  private async countAgain(event: Received, known: StoredMessage): Promise<void> {
    const { eventId, receivedAt } = event;
    const traceId = traceIdOf(event.traceparent);
    await this.entries.updateOne(
      { _id: known._id, 'lastDuplicate.eventId': { $ne: eventId } },
      {
        $inc: { duplicates: 1 },
        $set: { lastDuplicate: { at: new Date(receivedAt), eventId, ...(traceId !== undefined && { traceId }) } },
      },
    );
  }

  /** Only a message that reopened its ticket takes the time of the resolution away. */
  private async noteReopening(message: StoredMessage): Promise<void> {
    if (message.patch.resolvedAt !== null) return;
    await this.append.to(message.ticketId, () => ({
      topic: 'ticket.changed',
      entry: {
        type: 'event',
        onceKey: `reopened:${message._id}`,
        author: message.author,
        event: 'ticket.reopened',
        from: 'resolved',
        to: 'open',
      },
      patch: {},
    }));
  }

  private plan(event: Received, writer: Writer, joined: Joined, ticket: Ticket): Change | null {
    if (ticket.status === 'resolved' && joined.ticket.status !== 'resolved') return null;
    const at = this.clock.now();
    const answer = answerOf(event.message, joined.thread, ticket, at);
    const starts = event.message.automatic === undefined && !answer?.alone;
    const waitingSince = starts ? (ticket.waitingSince ?? at) : ticket.waitingSince;
    const status = starts ? afterCustomerWrites[ticket.status] : ticket.status;
    return {
      topic: 'message.added',
      entry: { ...this.entryOf(event, writer, joined, at, ticket.assigneeId !== null), ...answering(answer) },
      patch: {
        ...statusPatch(ticket, status, at),
        waitingSince,
        channel: event.channel,
        channels: ticket.channels.includes(event.channel) ? ticket.channels : [...ticket.channels, event.channel],
        preview: { text: previewOf(event.message.parts, event.thread.subject), from: 'customer', at },
        inboundCount: ticket.inboundCount + 1,
      },
    };
  }

  private entryOf(event: Received, writer: Writer, joined: Joined, at: Date, assigned: boolean): EntryDraft {
    const { message } = event;
    const traceId = traceIdOf(event.traceparent);
    const onceKey = albumKeyOf(event);
    return {
      type: 'message',
      direction: 'in',
      at,
      author: { kind: 'customer', id: writer._id, name: event.sender.displayName ?? writer.name },
      channel: event.channel,
      channelAccountId: event.channelAccountId,
      threadId: joined.thread._id,
      externalId: message.externalId,
      dedupeKey: event.dedupeKey,
      eventId: event.eventId,
      parts: message.parts,
      state: 'delivered',
      joinedBy: joined.by,
      milestones: arrivalOf(event, at, assigned),
      duplicates: 0,
      changedSeq: 0,
      ...(onceKey !== undefined && { onceKey }),
      ...(event.rawRef !== undefined && { rawRef: event.rawRef }),
      ...(event.thread.subject !== undefined && { subject: event.thread.subject }),
      ...(message.quoted !== undefined && { quoted: message.quoted }),
      ...(message.automatic !== undefined && { automatic: message.automatic }),
      ...(message.context !== undefined && { context: message.context }),
      ...(message.to !== undefined && { to: message.to }),
      ...(message.cc !== undefined && { cc: message.cc }),
      ...(traceId !== undefined && { traceId }),
    };
  }
}

const answering = (answer: SurveyAnswer | null) =>
  answer === null
    ? {}
    : {
        ...(answer.alone && { automatic: 'rating' as const }),
        rates: {
          ...{ surveyId: answer.surveyId, rating: answer.rating },
          ...(answer.comment !== undefined && { comment: answer.comment }),
        },
      };

/** A name that was only left in a form names who has no other. */
const named = ({ sender, message }: Received): Received['sender'] =>
  sender.displayName === undefined && message.contact?.name !== undefined
    ? { ...sender, displayName: message.contact.name }
    : sender;
