import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { AppendEntry, type Appended } from './append-entry.ts';
import type { StoredChange, StoredEntry, StoredMessage, StoredNote } from '../entry.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

const system = { kind: 'system', id: null, name: 'Switchboard' } as const;
export type Changes = StoredChange['changes'];
type Plan<E> = (entry: E, ticket: Ticket) => { changes: Changes; patch?: Partial<Ticket> } | null;

/** Changes a message or note that is already there, as the ticket's next change: reported live, replayed, applied in order. */
@Injectable()
export class ChangeMessage {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(AppendEntry) private readonly append: AppendEntry,
  ) {}

  /** `plan` sees the message as it is now and gives null where nothing is to change. A change of the same `onceKey` is one. */
  run(messageId: string, plan: Plan<StoredMessage>, onceKey?: string): Promise<Appended | null> {
    const read = () => this.entries.findOne({ _id: messageId, type: 'message' }).lean<StoredMessage>();
    return this.change(read, plan, onceKey);
  }

  note(noteId: string, plan: Plan<StoredNote>, onceKey?: string): Promise<Appended | null> {
    return this.change(() => this.entries.findOne({ _id: noteId, type: 'note' }).lean<StoredNote>(), plan, onceKey);
  }

  private async change<E extends StoredMessage | StoredNote>(
    read: () => Promise<E | null>,
    plan: Plan<E>,
    onceKey?: string,
  ): Promise<Appended | null> {
    const found = await read();
    if (found === null) return null;
    let entry: E = found;
    return this.append.to(
      found.ticketId,
      (ticket) => {
        const change = plan(entry, ticket);
        if (change === null) return null;
        const { changes, patch = {} } = change;
        const once = onceKey === undefined ? {} : { onceKey };
        return {
          topic: 'message.changed',
          entry: { type: 'change', author: system, entryId: entry._id, changes, ...once },
          patch,
        };
      },
      async () => {
        entry = (await read()) ?? entry;
      },
    );
  }
}
