import { Inject, Injectable } from '@nestjs/common';
import type { MediaRef } from '@switchboard/contract';
import type { NewId } from '../../platform/clock/clock.ts';
import type { Log } from '../../platform/log/log.ts';
import { LOG, NEW_ID } from '../../platform/tokens.ts';
import { Channels } from '../channels/index.ts';
import { RawStore } from '../ingress/index.ts';
import { KeepMedia } from '../media/index.ts';
import { AttachMedia, Threads, type StoredMessage } from '../tickets/index.ts';

const MOST_TRIES = 4;

/** Brings the files of a customer's message into the hub; the message is shown meanwhile. */
@Injectable()
export class FetchMedia {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Threads) private readonly threads: Threads,
    @Inject(RawStore) private readonly raws: RawStore,
    @Inject(KeepMedia) private readonly keep: KeepMedia,
    @Inject(AttachMedia) private readonly attach: AttachMedia,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async run(messageId: string, attempt: number): Promise<void> {
    const message = await this.threads.message(messageId);
    if (message === null || message.direction !== 'in') return;
    const wanted = message.parts.flatMap((part) =>
      part.type === 'media' && part.media.mediaId === undefined && part.media.problem === undefined ? [part.media] : [],
    );
    if (wanted.length === 0) return;
    const kept = new Map<string, Partial<MediaRef>>();
    const failures: unknown[] = [];
    for (const media of wanted) {
      try {
        kept.set(media.source, await this.fetch(message, media));
      } catch (error) {
        failures.push(error);
        this.log.warn('A file of a message could not be fetched', { messageId, attempt, error });
        if (attempt >= MOST_TRIES)
          kept.set(media.source, { problem: 'The file could not be fetched from the provider.' });
      }
    }
    if (kept.size > 0) await this.attach.run(messageId, kept);
    if (failures.length > 0 && attempt < MOST_TRIES) throw failures[0];
  }

  private async fetch(message: StoredMessage, media: MediaRef): Promise<Partial<MediaRef>> {
    const uploaded = /^media:([0-9a-f-]{36})$/.exec(media.source)?.[1];
    if (uploaded !== undefined) return { mediaId: uploaded };
    const open = await this.channels.open(message.channelAccountId);
    if (open?.channel.openMedia === undefined) return { problem: 'This channel can’t fetch files.' };
    const content = await open.channel.openMedia(media.source, () => this.raws.load(message.rawRef ?? ''));
    const file = { mediaId: this.newId(), fileName: media.fileName ?? 'file', largest: 30_000_000 };
    const { mediaId, mimeType, bytes, fileName } = await this.keep.run(file, content);
    return { mediaId, mimeType, bytes, fileName };
  }
}
