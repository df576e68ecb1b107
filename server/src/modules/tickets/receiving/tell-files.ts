import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { AppendEntry } from '../changing/append-entry.ts';
import { hasFilesToFetch, PublishTicketEvents } from '../changing/publish-ticket-events.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';

/** A message got files after it was told of: told again, to whoever fetches them. */
@Injectable()
export class TellFiles {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(PublishTicketEvents) private readonly publisher: PublishTicketEvents,
  ) {}

  async of(messageId: string): Promise<void> {
    const message = await this.entries.findOne({ _id: messageId, type: 'message' }).lean<StoredMessage>();
    if (message === null || !hasFilesToFetch(message)) return;
    await this.publisher.publish('message.added', await this.append.settle(message.ticketId), message);
  }
}
