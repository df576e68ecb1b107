import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { BusConsumer, type Bus, type Subscription } from '../../platform/bus/index.ts';
import { BUS, CONFIG } from '../../platform/tokens.ts';
import type { VisitorPush } from '@switchboard/contract';
import { Sockets } from '../../platform/live/sockets.ts';
import { liveChannels, visitorRoom } from '../channels/index.ts';
import { MediaLinks } from '../media/index.ts';
import { messageAdded, providerThread, Threads, TicketEvent } from '../tickets/index.ts';
import { isSaid, visitorMessage } from './visitor-message.ts';

/** A visitor's other tabs see what this one has sent, and every tab sees the files of an answer once they are held. */
@Injectable()
export class VisitorsConsumer extends BusConsumer {
  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject(Threads) private readonly threads: Threads,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(MediaLinks) private readonly links: MediaLinks,
  ) {
    super();
  }

  protected subscriptions(): Subscription[] {
    return [
      {
        name: 'visitors',
        topics: [...liveChannels().map(messageAdded), 'message.changed'],
        shards: 2,
        retryDelaysMs: [500],
        handle: ({ payload }) => this.tell(TicketEvent.parse(payload).entryId),
      },
    ];
  }

  private async tell(messageId: string): Promise<void> {
    const message = await this.threads.message(messageId);
    if (message === null || !isSaid(message) || (message.direction === 'out' && message.state === 'pending')) return;
    const thread = await this.threads.byId(message.threadId);
    if (thread === null) return;
    const push: VisitorPush = { type: 'message', message: visitorMessage(message, thread, this.links) };
    this.sockets.emit(
      '/visitor',
      visitorRoom(message.channelAccountId, providerThread(thread).externalId),
      'push',
      push,
    );
  }
}
