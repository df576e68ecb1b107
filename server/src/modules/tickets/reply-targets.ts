import { Inject, Injectable } from '@nestjs/common';
import type { ReplyTarget } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Channels } from '../channels/index.ts';
import type { Thread } from './thread.schema.ts';

/** Over what a reply can go out, the thread that the customer used last first. */
@Injectable()
export class ReplyTargets {
  constructor(
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(ticketId: string): Promise<ReplyTarget[]> {
    const threads = await this.threads.find({ ticketId }).sort({ lastInboundAt: -1 }).limit(20).lean<Thread[]>();
    return Promise.all(threads.map((thread) => this.targetOf(thread)));
  }

  private async targetOf(thread: Thread): Promise<ReplyTarget> {
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
      recipient: { ...thread.recipient, handles: thread.recipient.handles ?? [] },
      subject: thread.subject,
      cc: thread.cc ?? [],
      blocked,
      closesAt: closesAt?.toISOString() ?? null,
    };
  }
}
