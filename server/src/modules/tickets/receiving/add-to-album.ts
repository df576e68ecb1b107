import { Inject, Injectable } from '@nestjs/common';
import type { InboundEventOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { ChangeMessage } from '../changing/change-message.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { TellFiles } from './tell-files.ts';

type Received = InboundEventOf<'message.received'>;

/** Pictures that were sent as one come one by one: all but the first are added to the message that it became. */
@Injectable()
export class AddToAlbum {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(ChangeMessage) private readonly change: ChangeMessage,
    @Inject(TellFiles) private readonly files: TellFiles,
  ) {}

  /** False: it is none of an album, or the first of one, or the same as that. */
  async run(event: Received): Promise<boolean> {
    const onceKey = albumKeyOf(event);
    if (onceKey === undefined) return false;
    const album = await this.entries.findOne({ onceKey }).lean<StoredMessage>();
    if (album === null || album.dedupeKey === event.dedupeKey) return false;
    await this.change.run(album._id, ({ parts, albumKeys = [] }) =>
      albumKeys.includes(event.dedupeKey)
        ? null
        : {
            changes: [
              { path: 'parts', value: [...parts, ...event.message.parts] },
              { path: 'albumKeys', value: [...albumKeys, event.dedupeKey] },
            ],
          },
    );
    await this.files.of(album._id);
    return true;
  }
}

export const albumKeyOf = ({ channelAccountId, thread, message: { albumId } }: Received): string | undefined =>
  albumId === undefined ? undefined : `album:${channelAccountId}:${thread.externalId}:${albumId}`;
