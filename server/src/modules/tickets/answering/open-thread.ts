import { Inject, Injectable } from '@nestjs/common';
import type { Party } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import type { OpenChannel } from '../../channels/index.ts';
import { blankThread, type Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

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

  async to(
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
      const known = await this.threads
        .findOneAndUpdate(
          { channelAccountId: account._id, externalId },
          { $set: { ticketId: ticket._id } },
          { returnDocument: 'after' },
        )
        .lean<Thread>();
      if (known === null) throw error;
      return known;
    }
  }
}
