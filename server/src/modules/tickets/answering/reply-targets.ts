import { Inject, Injectable } from '@nestjs/common';
import type { Capabilities, ContentPart, Party, ReplyTarget } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Channels } from '../../channels/index.ts';
import type { Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

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
    const written = await Promise.all(threads.map((thread) => this.takesMessages(thread)));
    return Promise.all(
      threads.filter((_, at) => written[at]).map((thread) => this.targetOf(thread, ticket.customerName)),
    );
  }

  /** Calls are answered by calling; what is disabled is shown, and says so. */
  private async takesMessages({ channelAccountId }: Thread): Promise<boolean> {
    const open = await this.channels.open(channelAccountId);
    return open?.connector.capabilities.sends.includes('message.send') ?? true;
  }

  async targetOf(thread: Thread, customerName: string): Promise<ReplyTarget> {
    const open = await this.channels.open(thread.channelAccountId);
    const capabilities = open?.connector.capabilities ?? null;
    const closesAt = capabilities && windowCloses(thread, capabilities);
    return {
      threadId: thread._id,
      channel: thread.channel,
      channelAccountId: thread.channelAccountId,
      accountName: open?.account.name ?? 'Disabled account',
      recipient: readable(thread.recipient, customerName),
      subject: thread.subject,
      cc: thread.cc ?? [],
      blocked: blockedReason(thread, capabilities, this.clock.now()),
      closesAt: closesAt?.toISOString() ?? null,
    };
  }
}

/** When the provider's reply window closes; null: never. Where the customer has never written it was never open. */
export function windowCloses(
  { lastInboundAt, createdAt }: Pick<Thread, 'lastInboundAt' | 'createdAt'>,
  { conversation }: Capabilities,
): Date | null {
  const { replyWindow } = conversation;
  if (replyWindow === null) return null;
  return lastInboundAt === null ? createdAt : new Date(lastInboundAt.getTime() + replyWindow.hours * 3_600_000);
}

/**
 * Why no reply can go out over a thread at a moment; null: it can. Capabilities are null where the account is disabled. Where
 * only templates go out after the window, it depends on what the reply says; without `parts`: could anything?
 */
export function blockedReason(
  thread: Pick<Thread, 'lastInboundAt' | 'createdAt'>,
  capabilities: Capabilities | null,
  at: Date,
  parts?: readonly ContentPart[],
): string | null {
  if (capabilities === null) return 'The channel account is disabled.';
  if (!capabilities.sends.includes('message.send'))
    return 'This channel takes no answers: use the customer’s e-mail address, if they left one.';
  const closesAt = windowCloses(thread, capabilities);
  const { replyWindow } = capabilities.conversation;
  if (closesAt === null || closesAt > at || replyWindow === null) return null;
  const late =
    thread.lastInboundAt === null
      ? 'The customer has not written here yet'
      : `The customer last wrote more than ${replyWindow.hours} hours before`;
  if (replyWindow.afterwards === 'blocked') return `${late}: this channel takes no reply any more.`;
  const carried = parts === undefined || parts.every(({ type }) => type === 'template');
  return carried ? null : `${late}: only an approved template can go out now.`;
}

/** An id that only machines read is shown under the customer's name. */
function readable({ picture: _picture, ...recipient }: Party, customerName: string): Party {
  const handles = recipient.handles ?? [];
  const speaks = handles.some(({ type }) => type === 'phone' || type === 'email' || type === 'username');
  const displayName = recipient.displayName ?? (speaks ? undefined : customerName);
  return { ...recipient, handles, ...(displayName !== undefined && { displayName }) };
}
