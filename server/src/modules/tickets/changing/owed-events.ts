import { Inject, Injectable } from '@nestjs/common';
import type { NewId } from '../../../platform/clock/clock.ts';
import type { Log } from '../../../platform/log/log.ts';
import { LOG, NEW_ID } from '../../../platform/tokens.ts';
import type { StoredEntry } from '../entry.schema.ts';

/** An entry that is made after this one has a higher id. */
export type Marker = string;
/** So many markers an entry may need from its making until it is told. */
const LONGEST = 3;

/** What this process has stored in tickets, or perhaps has, and could not tell yet: the database or the bus went away. */
@Injectable()
export class OwedEvents {
  private readonly owed = new Map<string, StoredEntry>();
  private readonly markers: Marker[];

  constructor(
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.markers = [newId()];
  }

  owe(entry: StoredEntry, error: unknown): void {
    this.log.warn('A change of a ticket could not be told and will be', { ticketId: entry.ticketId, error });
    this.owed.set(entry._id, entry);
  }

  list(): StoredEntry[] {
    return [...this.owed.values()];
  }

  told({ _id }: StoredEntry): void {
    this.owed.delete(_id);
  }

  /** Called at a steady beat; all that this process stored before the marker has been told. */
  toldUntil(): Marker {
    if (this.owed.size === 0) this.markers.push(this.newId());
    if (this.markers.length > LONGEST) this.markers.shift();
    return this.markers[0] ?? '';
  }
}
