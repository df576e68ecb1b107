import { Inject, Injectable } from '@nestjs/common';
import type { ContentPart, InboundEventOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Log } from '../../../platform/log/log.ts';
import { LOG } from '../../../platform/tokens.ts';
import { ChangeMessage } from '../changing/change-message.ts';
import { withVersion } from '../amending/amendments.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { previewAfter } from '../preview.ts';
import { TellFiles } from './tell-files.ts';
import { TRIES_FOR_UNKNOWN_ID } from './unknown-id.ts';

type Edited = InboundEventOf<'message.edited'>;
type Deleted = InboundEventOf<'message.deleted'>;

/** The customer edited or deleted what was said. The same report twice changes nothing more. */
@Injectable()
export class ChangeContent {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(ChangeMessage) private readonly change: ChangeMessage,
    @Inject(TellFiles) private readonly files: TellFiles,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async run(event: Edited | Deleted, attempt: number): Promise<void> {
    const { channelAccountId, eventId } = event;
    const message = await this.entries
      .findOne({ channelAccountId, externalId: event.message.externalId })
      .lean<StoredMessage>();
    if (message === null) {
      // An edit may overtake its message: the bus brings it again.
      if (attempt < TRIES_FOR_UNKNOWN_ID) throw new Error('The message that was edited or deleted is not known yet');
      return this.log.warn('An edit names no message that we know', { channelAccountId, eventId });
    }
    const at = new Date(event.occurredAt);
    await this.change.run(message._id, (now, ticket) => {
      if (event.kind === 'message.deleted')
        return now.deletedAt
          ? null
          : { changes: [{ path: 'deletedAt', value: at }], patch: previewAfter(ticket, now, null) };
      if (now.deletedAt || (now.editedAt && now.editedAt >= at)) return null;
      const parts = withHeldFiles(event.message.parts, now.parts);
      return {
        changes: [
          { path: 'parts', value: parts },
          { path: 'editedAt', value: at },
          { path: 'versions', value: withVersion(now, at, now.author) },
        ],
        patch: previewAfter(ticket, now, parts),
      };
    });
    if (event.kind === 'message.edited') await this.files.of(message._id);
  }
}

/** A file that stays in the message is the one that we hold already. */
function withHeldFiles(parts: readonly ContentPart[], before: readonly ContentPart[]): ContentPart[] {
  const held = new Map(before.flatMap((part) => (part.type === 'media' ? [[part.media.source, part.media]] : [])));
  return parts.map((part) =>
    part.type === 'media' ? { ...part, media: held.get(part.media.source) ?? part.media } : part,
  );
}
