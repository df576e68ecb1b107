import { Inject, Injectable } from '@nestjs/common';
import type { Handle, Party } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import type { OpenChannel } from '../../channels/index.ts';
import { blankThread, type Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

const MOST_KNOWN = 50;

interface Wanted {
  recipient: Party;
  subject?: string | null | undefined;
  /** The same one again is no second thread, where a channel has many of one person. */
  onceKey: string;
}

/** The thread over which the centre writes first: a new one, or the person's own, which goes on in this ticket. */
@Injectable()
export class OpenThread {
  constructor(
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /**
   * The person's own thread there: by the address, or by the id that the provider has for who has it. Null where each conversation
   * is a thread of its own.
   */
  async known({ account, connector }: OpenChannel, customerId: string, recipient: Party): Promise<Thread | null> {
    if (connector.capabilities.conversation.subject) return null;
    const own = await this.threads
      .find({ customerId, channelAccountId: account._id, shape: 'direct', 'root.id': { $exists: false } })
      .sort({ _id: -1 })
      .limit(MOST_KNOWN)
      .lean<Thread[]>();
    return own.find((thread) => recipient.handles.some((handle) => isReachedAt(thread, handle))) ?? null;
  }

  async to(open: OpenChannel, ticket: Pick<Ticket, '_id' | 'customerId'>, wanted: Wanted): Promise<Thread> {
    const known = await this.known(open, ticket.customerId, wanted.recipient);
    return known === null ? this.first(open, ticket, wanted) : this.moved({ _id: known._id }, ticket, known);
  }

  private async first(
    { account, connector }: OpenChannel,
    ticket: Pick<Ticket, '_id' | 'customerId'>,
    { recipient, subject, onceKey }: Wanted,
  ): Promise<Thread> {
    // With a subject every conversation is a thread of its own (mail); without, the person is the thread (a phone number).
    const externalId = connector.capabilities.conversation.subject ? onceKey : recipient.externalId;
    const place = {
      channelAccountId: account._id,
      channel: account.channel,
      externalId,
      ticketId: ticket._id,
      customerId: ticket.customerId,
      recipient,
    };
    const blank = blankThread(place, { _id: this.newId(), now: this.clock.now() });
    const thread = { ...blank, subject: subject ?? null };
    try {
      await this.threads.create(thread);
      return thread;
    } catch (error) {
      if (!isDuplicate(error, 'externalId')) throw error;
      return this.moved({ channelAccountId: account._id, externalId }, ticket, thread);
    }
  }

  private async moved(which: object, { _id }: Pick<Ticket, '_id'>, thread: Thread): Promise<Thread> {
    const update = { $set: { ticketId: _id } };
    const moved = await this.threads.findOneAndUpdate(which, update, { returnDocument: 'after' }).lean<Thread>();
    return moved ?? { ...thread, ticketId: _id };
  }
}

/** A provider may have an id of its own for who has the address. */
export const isReachedAt = ({ recipient }: Pick<Thread, 'recipient'>, { type, value }: Handle): boolean =>
  recipient.externalId === value || (recipient.handles ?? []).some((own) => own.type === type && own.value === value);
