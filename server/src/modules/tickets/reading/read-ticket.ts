import { Inject, Injectable } from '@nestjs/common';
import type { CatchUp, EntryView, HeldEntry, TicketDetail, TicketView } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Customers } from '../../customers/index.ts';
import { AppendEntry } from '../changing/append-entry.ts';
import type { StoredEntry, StoredHeld } from '../entry.schema.ts';
import { standingStates } from '../held/held-states.ts';
import type { TicketEvent } from '../changing/publish-ticket-events.ts';
import { ReplyTargets } from '../answering/reply-targets.ts';
import { TicketAccess } from '../ticket-access.ts';
import { entryView, heldView, TicketViews } from '../ticket.view.ts';
import type { Ticket } from '../ticket.schema.ts';

const FIRST_PAGE = 50;
/** More than this was missed: loading anew is cheaper than telling it. */
const LONGEST_REPLAY = 500;
const MOST_STANDING = 50;

@Injectable()
export class ReadTicket {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(TicketViews) private readonly views: TicketViews,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(ReplyTargets) private readonly targets: ReplyTargets,
    @Inject(AppendEntry) private readonly append: AppendEntry,
  ) {}

  async detail(caller: Caller, idOrNumber: string | undefined): Promise<TicketDetail> {
    const found = await this.access.require(caller, idOrNumber);
    const read = () => Promise.all([this.page(found._id, undefined, FIRST_PAGE), this.standing(found._id)]);
    const [customer, targets, newest] = await Promise.all([
      this.customers.view(found.customerId),
      this.targets.of(found),
      read(),
    ]);
    // An entry that is stored but not applied yet: whoever reads it sees what it did to the ticket, too.
    const ahead = (newest[0].entries.at(-1)?.seq ?? 0) > found.seq;
    const ticket = ahead ? await this.append.settle(found._id) : found;
    // Settled, the ticket may be further than the page: who follows it from its seq would never get what lies between.
    const [page, held] = ahead ? await read() : newest;
    return { ticket: await this.views.row(caller, ticket), customer, ...page, held, targets };
  }

  async older(caller: Caller, ticketId: string | undefined, beforeSeq: number | undefined, limit: number) {
    const ticket = await this.access.require(caller, ticketId);
    return this.page(ticket._id, beforeSeq, limit);
  }

  /** What changed since the caller's seq, as it is now: an entry that changed three times comes once. */
  async since(caller: Caller, ticketId: string, seq: number): Promise<CatchUp> {
    const ticket = await this.access.require(caller, ticketId);
    if (ticket.seq - seq > LONGEST_REPLAY) return { kind: 'resync' };
    const missed = await this.entries
      .find({ ticketId, seq: { $gt: seq, $lte: ticket.seq } })
      .sort({ seq: 1 })
      .lean<StoredEntry[]>();
    const changed = missed.flatMap(changedBy);
    const current = await this.byIds(changed);
    const byId = new Map([...missed, ...current].map((entry) => [entry._id, entry]));
    return {
      kind: 'replay',
      seq: ticket.seq,
      entries: shown([...byId.values()]),
      ticket: await this.views.view(ticket),
    };
  }

  /** One change, for those who watch: the ticket as it is, the entry as it is, and what that did to another. */
  async change(
    ticketId: string,
    entryId: string,
  ): Promise<{ ticket: TicketView; entry: EntryView | null; others: EntryView[] } | null> {
    const [ticket, entry] = await Promise.all([
      this.tickets.findById(ticketId).lean<Ticket>(),
      this.entries.findById(entryId).lean<StoredEntry>(),
    ]);
    if (ticket === null || entry === null) return null;
    const others = await this.byIds(changedBy(entry));
    return { ticket: await this.views.view(ticket), entry: entryView(entry), others: shown(others) };
  }

  /** Whose it is now, and where it waits. */
  placeOf(ticketId: string): Promise<Pick<Ticket, 'assigneeId' | 'queueId'> | null> {
    return this.tickets
      .findById(ticketId, { assigneeId: 1, queueId: 1 })
      .lean<Pick<Ticket, 'assigneeId' | 'queueId'>>()
      .exec();
  }

  /** With what no view tells. */
  stored(entryId: string): Promise<StoredEntry | null> {
    return this.entries.findById(entryId).lean<StoredEntry>();
  }

  /** The entry that resolved a ticket; null: it was not, or the entry is gone. */
  resolution(ticketId: string): Promise<StoredEntry | null> {
    return this.entries.findOne({ ticketId, 'patch.status': 'resolved' }).sort({ seq: -1 }).lean<StoredEntry>();
  }

  private async byIds(ids: string[]): Promise<StoredEntry[]> {
    return ids.length === 0 ? [] : this.entries.find({ _id: { $in: ids } }).lean<StoredEntry[]>();
  }

  /** Held replies that wait, for their time or for a person. */
  private async standing(ticketId: string): Promise<HeldEntry[]> {
    const held = await this.entries
      .find({ ticketId, type: 'held', state: { $in: [...standingStates] } })
      .limit(MOST_STANDING)
      .lean<StoredHeld[]>();
    return held.toSorted((a, b) => a.seq - b.seq).map(heldView);
  }

  /** The same of an event that is told in its turn and carries what it made of the ticket. */
  async changeOf({
    ticket,
    entry,
  }: NonNullable<TicketEvent['then']>): Promise<{ ticket: TicketView; entry: EntryView; others: EntryView[] }> {
    return { ticket: (await this.views.named([ticket]))[0] as TicketView, entry, others: [] };
  }

  private async page(
    ticketId: string,
    beforeSeq: number | undefined,
    limit: number,
  ): Promise<{ entries: EntryView[]; hasOlder: boolean }> {
    const filter = {
      ticketId,
      type: { $in: ['message', 'note', 'event', 'call'] satisfies StoredEntry['type'][] },
      ...(beforeSeq !== undefined && { seq: { $lt: beforeSeq } }),
    };
    const found = await this.entries
      .find(filter)
      .sort({ seq: -1 })
      .limit(limit + 1)
      .lean<StoredEntry[]>();
    return { entries: shown(found.slice(0, limit)), hasOlder: found.length > limit };
  }
}

/** Which other entry it changed. */
function changedBy(entry: StoredEntry): string[] {
  if (entry.type === 'change') return entry.entryId === null ? [] : [entry.entryId];
  return entry.type === 'message' && entry.releases !== undefined ? [entry.releases] : [];
}

const shown = (entries: StoredEntry[]): EntryView[] =>
  entries
    .toSorted((a, b) => a.seq - b.seq)
    .map(entryView)
    .filter((view) => view !== null);
