import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Bus } from '../../platform/bus/index.ts';
import { BUS, CONFIG } from '../../platform/tokens.ts';
import { messageWithFilesAdded, TicketEvent } from '../tickets/index.ts';
import { FetchMedia } from './fetch-media.ts';

/** Slow providers of files hold up nobody's messages: they have lanes of their own. */
@Injectable()
export class MediaConsumer implements OnApplicationBootstrap {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(FetchMedia) private readonly fetch: FetchMedia,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.ROLE === 'api') return;
    await this.bus.subscribe({
      name: 'fetch-media',
      topics: [messageWithFilesAdded],
      shards: 4,
      retryDelaysMs: [2000, 15_000, 120_000],
      handle: ({ payload, attempt }) => this.fetch.run(TicketEvent.parse(payload).entryId, attempt),
    });
  }
}
