import { Inject, Injectable } from '@nestjs/common';
import type { ContentPart, MediaRef } from '@switchboard/contract';
import { ChangeMessage } from '../changing/change-message.ts';
import type { StoredMessage } from '../entry.schema.ts';

/** What became of the files of a message: held by the hub, or not to be had and why. */
@Injectable()
export class AttachMedia {
  constructor(@Inject(ChangeMessage) private readonly change: ChangeMessage) {}

  async run(messageId: string, kept: ReadonlyMap<string, Partial<MediaRef>>): Promise<void> {
    await this.change.run(messageId, (message: StoredMessage) => {
      const parts = message.parts.map((part): ContentPart => {
        const news = part.type === 'media' ? kept.get(part.media.source) : undefined;
        return part.type === 'media' && news !== undefined ? { ...part, media: { ...part.media, ...news } } : part;
      });
      return { changes: [{ path: 'parts', value: parts }] };
    });
  }
}
