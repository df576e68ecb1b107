import { Inject, Injectable } from '@nestjs/common';
import type { InboundEventOf } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { ChangeMessage } from '../changing/change-message.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';

type Edited = InboundEventOf<'message.edited'>;
type Deleted = InboundEventOf<'message.deleted'>;

/** The customer edited or deleted what was said. The same report twice changes nothing more. */
@Injectable()
export class ChangeContent {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(ChangeMessage) private readonly change: ChangeMessage,
  ) {}

  async run(event: Edited | Deleted): Promise<void> {
    const message = await this.entries
      .findOne({ channelAccountId: event.channelAccountId, externalId: event.message.externalId, direction: 'in' })
      .lean<StoredMessage>();
    // An edit may overtake its message: the bus brings it again.
    if (message === null) throw new Error('The message that was edited or deleted is not known yet');
    const at = new Date(event.occurredAt);
    await this.change.run(message._id, (now) => {
      if (event.kind === 'message.deleted')
        return now.deletedAt ? null : { changes: [{ path: 'deletedAt', value: at }] };
      if (now.editedAt && now.editedAt >= at) return null;
      return {
        changes: [
          { path: 'parts', value: event.message.parts },
          { path: 'editedAt', value: at },
        ],
      };
    });
  }
}
