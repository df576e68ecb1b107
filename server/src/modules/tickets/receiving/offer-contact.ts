import { Inject, Injectable } from '@nestjs/common';
import type { Party } from '@switchboard/contract';
import { Channels } from '../../channels/index.ts';
import { OpenThread } from '../answering/open-thread.ts';
import type { Thread } from '../thread.schema.ts';

/**
 * A customer who left an address to be answered at (in a chat that was closed) can be answered there, in the same ticket: a
 * second thread of it, over the first account that writes to such addresses. The address stays the ticket's alone: nobody has
 * proven whose it is, so no customer record gets it.
 */
@Injectable()
export class OfferContact {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(OpenThread) private readonly openThread: OpenThread,
  ) {}

  async run(origin: Thread, contact: { name?: string | undefined; email: string }): Promise<void> {
    const open = await this.channels.thatStarts('email');
    if (open === null) return;
    const { ticketId, customerId, subject } = origin;
    const address = contact.email.toLowerCase();
    const recipient: Party = {
      externalId: address,
      handles: [{ type: 'email', value: address }],
      ...(contact.name !== undefined && { displayName: contact.name }),
    };
    const onceKey = `contact:${ticketId}:${address}`;
    await this.openThread.to(open, { _id: ticketId, customerId }, { recipient, subject, onceKey });
  }
}
