import { Inject, Injectable } from '@nestjs/common';
import type { Party, ReplyTarget } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Channels } from '../channels/index.ts';
import type { Thread } from './thread.schema.ts';
import type { Ticket } from './ticket.schema.ts';

/** Over what a reply can go out, the thread that the customer used last first. */
@Injectable()
export class ReplyTargets {
  constructor(
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(ticket: Pick<Ticket, '_id' | 'customerName'>): Promise<ReplyTarget[]> {
    const threads = await this.threads
      .find({ ticketId: ticket._id })
      .sort({ lastInboundAt: -1 })
      .limit(20)
      .lean<Thread[]>();
    return Promise.all(threads.map((thread) => this.targetOf(thread, ticket.customerName)));
  }

  private async targetOf(thread: Thread, customerName: string): Promise<ReplyTarget> {
    const open = await this.channels.open(thread.channelAccountId);
    const window = open?.connector.capabilities.conversation.replyWindow ?? null;
    const closesAt =
      window === null || thread.lastInboundAt === null
        ? null
        : new Date(thread.lastInboundAt.getTime() + window.hours * 3_600_000);
    const blocked =
      open === null
        ? 'The channel account is disabled.'
        : closesAt !== null && closesAt <= this.clock.now() && window?.afterwards === 'blocked'
          ? `The customer last wrote more than ${window.hours} hours ago: this channel takes no reply any more.`
          : null;
    return {
      threadId: thread._id,
      channel: thread.channel,
      channelAccountId: thread.channelAccountId,
      accountName: open?.account.name ?? 'Disabled account',
      recipient: readable(thread.recipient, customerName),
      subject: thread.subject,
      cc: thread.cc ?? [],
      blocked,
      closesAt: closesAt?.toISOString() ?? null,
    };
  }
}

/** An id that only machines read is shown under the customer's name. */
function readable(recipient: Party, customerName: string): Party {
  const handles = recipient.handles ?? [];
  const speaks = handles.some(({ type }) => type === 'phone' || type === 'email' || type === 'username');
  const displayName = recipient.displayName ?? (speaks ? undefined : customerName);
  return { ...recipient, handles, ...(displayName !== undefined && { displayName }) };
}
