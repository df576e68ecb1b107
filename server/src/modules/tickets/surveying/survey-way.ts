import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Channels, type OpenChannel } from '../../channels/index.ts';
import { Ways } from '../answering/ways.ts';
import type { Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

export interface FoundWay {
  readonly thread: Thread;
  readonly open: OpenChannel;
}

/** Whoever resolved it may be gone: the hub looks for itself. */
const hub: Caller = { id: '', name: 'Switchboard', role: 'administrator', queueIds: [], sessionId: '' };
const MOST = 20;

/** Over what a customer is asked how it was: where they were last in touch; after calls alone, by text to the number. */
@Injectable()
export class SurveyWay {
  constructor(
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Ways) private readonly ways: Ways,
  ) {}

  /** null: there is none. */
  async of(ticket: Ticket): Promise<FoundWay | null> {
    const threads = await this.threads
      .find({ ticketId: ticket._id })
      .sort({ lastInboundAt: -1 })
      .limit(MOST)
      .lean<Thread[]>();
    for (const thread of threads) {
      const open = await this.channels.open(thread.channelAccountId);
      if (open?.connector.capabilities.sends.includes('message.send')) return { thread, open };
    }
    return threads.some(({ shape }) => shape === 'call') ? this.byText(ticket) : null;
  }

  /** A number that is in another conversation just now is left in peace. */
  private async byText(ticket: Ticket): Promise<FoundWay | null> {
    for (const { channelAccountId, recipient, blocked } of await this.ways.of(hub, ticket._id)) {
      const open = await this.channels.open(channelAccountId);
      if (open?.connector.capabilities.conversation.start?.recipient !== 'phone' || blocked !== null) continue;
      const wanted = { channelAccountId, recipient: recipient.externalId };
      const { threadId } = await this.ways.open(hub, ticket._id, wanted);
      const thread = await this.threads.findById(threadId).lean<Thread>();
      if (thread !== null) return { thread, open };
    }
    return null;
  }
}
