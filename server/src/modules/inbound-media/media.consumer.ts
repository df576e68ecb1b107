import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { BusConsumer, type Bus, type Subscription } from '../../platform/bus/index.ts';
import { BUS, CONFIG } from '../../platform/tokens.ts';
import { PictureOffered } from '../customers/index.ts';
import { messageWithFilesAdded, TicketEvent } from '../tickets/index.ts';
import { FetchMedia } from './fetch-media.ts';
import { FetchPicture } from './fetch-picture.ts';

/** Slow providers of files hold up nobody's messages: they have lanes of their own. */
@Injectable()
export class MediaConsumer extends BusConsumer {
  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject(FetchMedia) private readonly fetch: FetchMedia,
    @Inject(FetchPicture) private readonly picture: FetchPicture,
  ) {
    super();
  }

  protected subscriptions(): Subscription[] {
    return [
      {
        name: 'fetch-media',
        topics: [messageWithFilesAdded],
        shards: 4,
        retryDelaysMs: [2000, 15_000, 120_000],
        handle: ({ payload, attempt }) => this.fetch.run(TicketEvent.parse(payload).entryId, attempt),
      },
      {
        name: 'fetch-pictures',
        topics: ['customer.picture-offered'],
        shards: 2,
        retryDelaysMs: [2000, 15_000],
        handle: ({ payload, id }) => this.picture.run(PictureOffered.parse(payload), id),
      },
    ];
  }
}
