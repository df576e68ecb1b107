import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { AppendEntry, type Appended, type Change } from '../changing/append-entry.ts';
import type { StoredEntry, StoredHeld } from '../entry.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

const system = { kind: 'system', id: null, name: 'Switchboard' } as const;

/** The one way in which a held reply changes: as its ticket's next change, so that of two who want it exactly one wins. */
@Injectable()
export class ChangeHeld {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(AppendEntry) private readonly append: AppendEntry,
  ) {}

  /** `plan` sees the reply as it is now, and gives null where nothing is to change. */
  async run(
    heldId: string,
    plan: (held: StoredHeld, ticket: Ticket) => Change | null,
    look: (held: StoredHeld) => Promise<void> = async () => {},
  ): Promise<Appended | null> {
    const found = await this.read(heldId);
    if (found === null) return null;
    let held = found;
    return this.append.to(
      found.ticketId,
      (ticket) => plan(held, ticket),
      async () => {
        held = (await this.read(heldId)) ?? held;
        await look(held);
      },
    );
  }

  read(heldId: string): Promise<StoredHeld | null> {
    return this.entries.findOne({ _id: heldId, type: 'held' }).lean<StoredHeld>();
  }

  /** Of this ticket, for who asked by name. */
  async require(ticketId: string, heldId: string | undefined): Promise<StoredHeld> {
    const held = await this.read(heldId ?? '');
    if (held === null || held.ticketId !== ticketId) throw new HubError('not-found', 'There is no such held reply');
    return held;
  }
}

/** A change of a held reply and what it does to the ticket. */
export function heldChange(held: StoredHeld, set: Partial<StoredHeld>, patch: Partial<Ticket> = {}): Change {
  return {
    topic: 'held.changed',
    entry: {
      type: 'change',
      author: system,
      entryId: held._id,
      changes: Object.entries(set).map(([path, value]) => ({ path, value })),
    },
    patch,
  };
}

/** One scheduled reply less. */
export const oneLess = (held: StoredHeld, ticket: Ticket): Partial<Ticket> =>
  held.kind === 'later' ? { scheduled: Math.max(0, (ticket.scheduled ?? 0) - 1) } : {};

/** Its words are kept, and somebody is asked to look. */
export function comesBack(
  held: StoredHeld,
  ticket: Ticket,
  why: NonNullable<StoredHeld['returned']>['why'],
  words: string,
): Change {
  const attention = why === 'customer-wrote' || why === 'blocked' ? { needsAttention: true } : {};
  return heldChange(held, { state: 'returned', returned: { why, words } }, { ...oneLess(held, ticket), ...attention });
}
