import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import { Channels } from '../../channels/index.ts';
import { newReplyToken, type Thread } from '../thread.schema.ts';

/**
 * A customer who left an address to be answered at (in a chat that was closed) can be answered there, in the same ticket: a
 * second thread of it, over the first account that writes to such addresses. The address stays the ticket's alone: nobody has
 * proven whose it is, so no customer record gets it.
 */
@Injectable()
export class OfferContact {
  constructor(
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async run(origin: Thread, contact: { name?: string | undefined; email: string }): Promise<void> {
    const open = await this.channels.thatStarts('email');
    if (open === null) return;
    const address = contact.email.toLowerCase();
    const thread: Thread = {
      ...origin,
      _id: this.newId(),
      channelAccountId: open.account._id,
      channel: open.account.channel,
      externalId: `contact:${origin.ticketId}:${address}`,
      shape: 'direct',
      recipient: {
        externalId: address,
        handles: [{ type: 'email', value: address }],
        ...(contact.name !== undefined && { displayName: contact.name }),
      },
      participants: [address],
      cc: [],
      replyToken: newReplyToken(),
      lastInboundAt: null,
      lastInboundExternalId: null,
      seenAt: null,
      createdAt: this.clock.now(),
    };
    try {
      await this.threads.create(thread);
    } catch (error) {
      // Left once before: it is offered already.
      if (!isDuplicate(error, 'externalId')) throw error;
    }
  }
}
