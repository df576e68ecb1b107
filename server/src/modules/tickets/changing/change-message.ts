import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { AppendEntry, type Appended } from './append-entry.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

const system = { kind: 'system', id: null, name: 'Switchboard' } as const;
export type Changes = { path: string; value: unknown }[];

/** Changes a message that is already there, as the ticket's next change: reported live, replayed, applied in order. */
@Injectable()
export class ChangeMessage {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(AppendEntry) private readonly append: AppendEntry,
  ) {}

  /** `plan` sees the message as it is now and gives null where nothing is to change. */
  async run(
    messageId: string,
    plan: (message: StoredMessage, ticket: Ticket) => { changes: Changes; patch?: Partial<Ticket> } | null,
  ): Promise<Appended | null> {
    const read = () => this.entries.findOne({ _id: messageId, type: 'message' }).lean<StoredMessage>();
    const found = await read();
    if (found === null) return null;
    let message: StoredMessage = found;
    const appended = await this.append.to(
      found.ticketId,
      (ticket) => {
        const change = plan(message, ticket);
        if (change === null) return null;
        const { changes, patch = {} } = change;
        return {
          topic: 'message.changed',
          entry: { type: 'change', author: system, entryId: messageId, changes },
          patch,
        };
      },
      async () => {
        message = (await read()) ?? message;
      },
    );
    return appended;
  }
}
