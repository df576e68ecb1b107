import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { isDuplicate } from '../../../platform/database/collection.ts';
import { gatheredInserts, gatheredUpdates } from '../../../platform/database/gathered-writes.ts';
import { quickFind } from '../../../platform/database/quick.ts';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { CLOCK, NEW_ID, STAGES } from '../../../platform/tokens.ts';
import { type FlowStages, FlowTimes } from '../../flow/index.ts';
import { ServiceLevels } from '../../sla/index.ts';
import type {
  StoredCall,
  StoredChange,
  StoredEntry,
  StoredEvent,
  StoredHeld,
  StoredMessage,
  StoredNote,
} from '../entry.schema.ts';
import { OwedEvents } from './owed-events.ts';
import { PublishTicketEvents, type TicketTopic } from './publish-ticket-events.ts';
import { RecentTickets } from './recent-tickets.ts';
import type { Ticket } from '../ticket.schema.ts';

type Draft<E extends StoredEntry> = Omit<E, '_id' | 'ticketId' | 'seq' | 'at' | 'patch'> & { _id?: string; at?: Date };
export type EntryDraft =
  | Draft<StoredMessage>
  | Draft<StoredNote>
  | Draft<StoredEvent>
  | Draft<StoredHeld>
  | Draft<StoredChange>
  | Draft<StoredCall>;
export interface Change {
  entry: EntryDraft;
  /** What becomes of the ticket. */
  patch: Partial<Ticket>;
  /** The domain event. */
  topic: TicketTopic;
  /** What else follows from the stored entry; it waits neither for the ticket nor for the event. */
  also?: (entry: StoredEntry) => Promise<void>;
}
export type Appended =
  | { ok: true; entry: StoredEntry; ticket: Ticket }
  /** The key is known: here is what it made then. */
  | { ok: false; reason: 'duplicate'; entry: StoredEntry; ticket: Ticket }
  /** `plan` saw that there is nothing to do any more. */
  | { ok: false; reason: 'moot'; ticket: Ticket };

const MOST_TRIES = 50;

/**
 * The one way in which a ticket changes. The entry goes in first, under the ticket's next seq: the unique index
 * (ticketId, seq) serialises all processes, and the entry carries what it does to the ticket. Whoever finds an entry that
 * is not applied yet applies it first, so a process killed between the two steps leaves nothing half done.
 */
@Injectable()
export class AppendEntry {
  private readonly inserts = gatheredInserts(this.entries);
  private readonly updates = gatheredUpdates(this.tickets);

  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(RecentTickets) private readonly recent: RecentTickets,
    @Inject(PublishTicketEvents) private readonly publisher: PublishTicketEvents,
    @Inject(OwedEvents) private readonly owed: OwedEvents,
    @Inject(ServiceLevels) private readonly levels: ServiceLevels,
    @Inject(FlowTimes) private readonly times: FlowTimes,
    @Inject(STAGES) private readonly stages: FlowStages,
  ) {}

  /**
   * `plan` is pure and may run several times, each time on the newest ticket. A plan that looks at more than the ticket reads
   * that in `look`: after the ticket, so that what changes later takes the seq which this one wants, and it looks again.
   * `known`: the ticket as the caller has just read it; where it is old its seq is taken, and all is planned anew.
   */
  async to(
    ticketId: string,
    plan: (ticket: Ticket) => Change | null,
    look: (ticket: Ticket) => Promise<void> = async () => {},
    known?: Ticket,
  ): Promise<Appended> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const ticket = tries === 0 && known !== undefined ? known : await this.read(ticketId);
      await look(ticket);
      const change = plan(ticket);
      if (change === null) return { ok: false, reason: 'moot', ticket };
      const entry = await this.entryOf(ticket, change);
      const clash = await this.insert(entry);
      if (clash === 'seq') {
        await this.settle(ticketId);
        continue;
      }
      if (clash === 'known') return this.known(entry);
      this.stages.passed('entry.stored', entry._id);
      // How long the customer waited for somebody to have the ticket.
      if (ticket.assigneeId === null && entry.patch.assigneeId != null)
        this.times.took(ticket.channel, 'in', 'assigned', ticket.waitingSince ?? undefined, entry.at);
      // What the entry makes of the ticket is settled with its seq: the event need not wait until it is written there too.
      const changed = { ...ticket, ...entry.patch, seq: entry.seq, updatedAt: entry.at };
      const applied = this.apply(entry).then(
        () => this.stages.passed('entry.applied', entry._id),
        (error: unknown) => this.leave(entry, error),
      );
      const told = this.publisher
        .publish(change.topic, changed, entry, applied)
        .catch((error: unknown) => this.owed.owe(entry, error));
      await Promise.all([applied, told, change.also?.(entry)]);
      this.recent.keep(changed);
      return { ok: true, entry, ticket: changed };
    }
    throw new HubError('unavailable', 'The ticket is changing too fast; try again');
  }

  /** Finishes what another process began, or was killed in: entries that are stored but not applied yet. */
  async settle(ticketId: string): Promise<Ticket> {
    for (;;) {
      const ticket = await this.read(ticketId);
      const next = await this.entries.findOne({ ticketId, seq: ticket.seq + 1 }).lean<StoredEntry>();
      if (next === null) return ticket;
      await this.apply(next);
    }
  }

  private async read(ticketId: string): Promise<Ticket> {
    const ticket = await quickFind(this.tickets, { _id: ticketId });
    if (ticket === null) throw new HubError('not-found', 'There is no such ticket');
    this.recent.keep(ticket);
    return ticket;
  }

  /** With what the change does to the clocks: they move with the ticket, whoever moves it. */
  private async entryOf(ticket: Ticket, { entry, patch }: Change): Promise<StoredEntry> {
    const at = entry.at ?? this.clock.now();
    const clocks = await this.levels.after(ticket, patch, at);
    const left = leftBy(patch, ticket);
    return {
      ...entry,
      _id: entry._id ?? this.newId(),
      ticketId: ticket._id,
      seq: ticket.seq + 1,
      at,
      patch: Object.fromEntries(Object.entries({ ...patch, ...clocks }).filter(([, value]) => value !== undefined)),
      ...(left !== null && { left }),
    } as StoredEntry;
  }

  private async insert(entry: StoredEntry): Promise<'seq' | 'known' | null> {
    try {
      await this.inserts.add(entry);
      return null;
    } catch (error) {
      if (isDuplicate(error, 'seq')) return 'seq';
      if (isDuplicate(error)) return 'known';
      return this.leave(entry, error);
    }
  }

  /** The database went away: perhaps the entry is stored, and then it stands half done. */
  private leave(entry: StoredEntry, error: unknown): never {
    this.owed.owe(entry, error);
    throw error;
  }

  /** Once: where the ticket is not just before the entry, somebody else was faster. */
  private async apply(entry: StoredEntry): Promise<void> {
    const other = changeOfOther(entry);
    if (other !== null)
      await this.entries.updateOne(
        { _id: other.id, changedSeq: { $lt: entry.seq } },
        { ...other.update, $set: { ...other.update.$set, changedSeq: entry.seq } },
      );
    const before = { _id: entry.ticketId, seq: entry.seq - 1 };
    await this.updates.add({
      filter: before,
      update: { $set: { ...entry.patch, seq: entry.seq, updatedAt: entry.at } },
    });
  }

  private async known(entry: StoredEntry): Promise<Appended> {
    const same =
      entry.type === 'message' && entry.dedupeKey !== undefined
        ? { channelAccountId: entry.channelAccountId, dedupeKey: entry.dedupeKey }
        : entry.onceKey === undefined
          ? { _id: entry._id }
          : { onceKey: entry.onceKey };
    const known = await this.entries.findOne(same).lean<StoredEntry>();
    if (known === null) throw new HubError('unavailable', 'The change collided with another one; try again');
    return { ok: false, reason: 'duplicate', entry: known, ticket: await this.settle(known.ticketId) };
  }
}

function leftBy({ queueId, assigneeId }: Partial<Ticket>, ticket: Ticket): StoredEntry['left'] | null {
  const isMoved = queueId !== undefined && queueId !== ticket.queueId;
  const was = assigneeId === undefined || assigneeId === ticket.assigneeId ? null : ticket.assigneeId;
  if (!isMoved && was === null) return null;
  return { ...(isMoved && { queueId: ticket.queueId }), ...(was !== null && { assigneeId: was }) };
}

/** What an entry does to one that was there before. */
function changeOfOther(entry: StoredEntry): { id: string; update: { $set: object; $unset?: object } } | null {
  if (entry.type === 'change' && entry.entryId !== null) return { id: entry.entryId, update: updateOf(entry.changes) };
  if (entry.type === 'message' && entry.releases !== undefined)
    return { id: entry.releases, update: { $set: { state: 'released' } } };
  return null;
}

function updateOf(changes: StoredChange['changes']): { $set: object; $unset?: object } {
  const those = (all: typeof changes) => Object.fromEntries(all.map(({ path, value }) => [path, value]));
  const gone = changes.filter((each) => each.gone);
  const $set = those(changes.filter((each) => !each.gone));
  return gone.length === 0 ? { $set } : { $set, $unset: those(gone) };
}
