import { Inject, Injectable } from '@nestjs/common';
import {
  Id,
  TicketView,
  type Clock as ClockView,
  type ContentPart,
  type EntryView,
  type HeldEntry,
  type MessageEntry,
  type NoteEntry,
  type TicketRow,
} from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { z } from 'zod';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Agents } from '../agents/index.ts';
import { pictureAt } from '../customers/index.ts';
import { Queues } from '../queues/index.ts';
import { pausedSince, wholeClock, type ServiceClock } from '../sla/index.ts';
import { shownReactions } from './receiving/reactions.ts';
import { amendmentsView } from './amending/amendments.ts';
import type { StoredEntry, StoredHeld, StoredMessage, StoredNote } from './entry.schema.ts';
import { seenId, type Seen } from './managing/seen.schema.ts';
import { nextStatuses } from './statuses.ts';
import type { Ticket } from './ticket.schema.ts';

/** A ticket's view without what is read elsewhere: names of queue and agent. */
export const NamelessTicket = TicketView.omit({ queue: true, assignee: true }).extend({
  queueId: Id,
  assigneeId: Id.nullable(),
});
export type NamelessTicket = z.infer<typeof NamelessTicket>;

/** Tickets as the console shows them: names for ids, and what this agent has seen. */
@Injectable()
export class TicketViews {
  constructor(
    @Inject('seen') private readonly seen: Model<Seen>,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Queues) private readonly queues: Queues,
  ) {}

  async views(tickets: readonly Ticket[]): Promise<TicketView[]> {
    return this.named(tickets.map(namelessView));
  }

  async named(tickets: readonly NamelessTicket[]): Promise<TicketView[]> {
    const agents = await this.agents.names(tickets.flatMap(({ assigneeId }) => assigneeId ?? []));
    const queues = await this.queues.names(tickets.map(({ queueId }) => queueId));
    return tickets.map(({ queueId, assigneeId, ...ticket }) => ({
      ...ticket,
      queue: { id: queueId, name: queues.get(queueId) ?? 'Removed queue' },
      assignee: assigneeId === null ? null : (agents.get(assigneeId) ?? { id: assigneeId, name: 'Former agent' }),
    }));
  }

  async rows(caller: Caller, tickets: readonly Ticket[]): Promise<TicketRow[]> {
    const marks = await this.seen
      .find({ _id: { $in: tickets.map(({ _id }) => seenId(caller.id, _id)) } })
      .lean<Seen[]>();
    const counts = new Map(marks.map((mark) => [mark._id, mark.inboundCount]));
    const views = await this.views(tickets);
    return views.map((view) => ({ ...view, seenInbound: counts.get(seenId(caller.id, view.id)) ?? 0 }));
  }

  async row(caller: Caller, ticket: Ticket): Promise<TicketRow> {
    return (await this.rows(caller, [ticket]))[0] as TicketRow;
  }

  async view(ticket: Ticket): Promise<TicketView> {
    return (await this.views([ticket]))[0] as TicketView;
  }
}

export function namelessView(ticket: Ticket): NamelessTicket {
  return {
    id: ticket._id,
    queueId: ticket.queueId,
    assigneeId: ticket.assigneeId,
    number: ticket.number,
    seq: ticket.seq,
    subject: ticket.subject,
    status: ticket.status,
    nextStatuses: [...nextStatuses[ticket.status]],
    priority: ticket.priority,
    tags: ticket.tags,
    customer: { id: ticket.customerId, name: ticket.customerName, ...pictureAt(ticket.customerPicture) },
    channel: ticket.channel,
    channels: ticket.channels,
    preview: ticket.preview === null ? null : { ...ticket.preview, at: ticket.preview.at.toISOString() },
    inboundCount: ticket.inboundCount,
    waitingSince: ticket.waitingSince?.toISOString() ?? null,
    firstResponse: clockView(ticket.firstResponse),
    nextResponse: clockView(ticket.nextResponse),
    resolution: clockView(ticket.resolution ?? null),
    snoozedUntil: ticket.snoozedUntil?.toISOString() ?? null,
    needsAttention: ticket.needsAttention,
    // Tickets from before replies could be scheduled have no count.
    scheduled: ticket.scheduled ?? 0,
    ...(ticket.rated && { rating: ticket.rated.rating }),
    createdAt: ticket.createdAt.toISOString(),
    updatedAt: ticket.updatedAt.toISOString(),
    resolvedAt: ticket.resolvedAt?.toISOString() ?? null,
  };
}

export const clockView = (clock: ServiceClock | null): ClockView | null => clock && viewOf(wholeClock(clock));

export const viewOf = (clock: ServiceClock): ClockView => ({
  startedAt: clock.startedAt.toISOString(),
  warnAt: clock.warnAt?.toISOString() ?? null,
  dueAt: clock.dueAt?.toISOString() ?? null,
  doneAt: clock.doneAt?.toISOString() ?? null,
  pausedAt: pausedSince(clock)?.toISOString() ?? null,
  leftMs: clock.leftMs,
});

/** null for a change: it shows in the message that it changed. */
export function entryView(entry: StoredEntry): EntryView | null {
  const base = {
    id: entry._id,
    ticketId: entry.ticketId,
    seq: entry.seq,
    at: entry.at.toISOString(),
    author: entry.author,
  };
  switch (entry.type) {
    case 'message':
      return messageView(entry);
    case 'note':
      return noteView(entry);
    case 'event': {
      const { event, from, to, did } = entry;
      return { ...base, type: 'event', event, from: from ?? null, to: to ?? null, ...(did && { did }) };
    }
    case 'held':
      return heldView(entry);
    case 'call':
      return { ...base, type: 'call', channel: entry.channel, call: entry.call };
    case 'change':
      return null;
  }
}

export function noteView({ _id: id, ticketId, seq, at, author, text, clientId, ...note }: StoredNote): NoteEntry {
  const base = { id, ticketId, seq, at: at.toISOString(), author };
  return {
    ...base,
    type: 'note',
    text: note.deletedAt ? '' : text,
    ...(clientId && { clientId }),
    ...changedView(note),
  };
}

type Changed = Pick<StoredNote, 'editedAt' | 'editedBy' | 'deletedAt' | 'deletedBy'>;
const changedView = ({ editedAt, editedBy, deletedAt, deletedBy }: Changed) => ({
  ...(editedAt && { editedAt: editedAt.toISOString() }),
  ...(editedBy && { editedBy }),
  ...(deletedAt && { deletedAt: deletedAt.toISOString() }),
  ...(deletedBy && { deletedBy }),
});

export function heldView(entry: StoredHeld): HeldEntry {
  const { _id, patch: _patch, left: _left, onceKey: _once, changedSeq: _changed, at, until, ...shown } = entry;
  return { ...shown, id: _id, at: at.toISOString(), until: until.toISOString() };
}

export function messageView(entry: StoredMessage): MessageEntry {
  const { milestones } = entry;
  const reactions = shownReactions(entry.reactions ?? []);
  const times = Object.entries(milestones ?? {}).map(([name, at]) => [name, at.toISOString()]);
  const optional = {
    subject: entry.subject,
    quoted: entry.quoted,
    automatic: entry.automatic,
    context: entry.context,
    fromElsewhere: entry.fromElsewhere,
    reactions: reactions.length > 0 ? reactions : undefined,
    to: entry.to,
    cc: entry.cc,
    reason: entry.reason ?? undefined,
    joinedBy: entry.joinedBy,
    clientId: entry.clientId,
    ...changedView(entry),
    amendments: amendmentsView(entry),
  };
  return {
    id: entry._id,
    ticketId: entry.ticketId,
    seq: entry.seq,
    at: entry.at.toISOString(),
    author: entry.author,
    type: 'message',
    direction: entry.direction,
    channel: entry.channel,
    channelAccountId: entry.channelAccountId,
    threadId: entry.threadId,
    parts: shownParts(entry),
    state: entry.state,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined && value !== null)),
    passport: {
      ...Object.fromEntries(times),
      ...(entry.duplicates > 0 && { duplicates: entry.duplicates }),
      ...(entry.traceId !== undefined && { traceId: entry.traceId }),
    },
  };
}

/** Where a customer answers a survey is theirs alone: who is rated must not rate. */
function withoutAddress(part: ContentPart): ContentPart[] {
  const without = (text: string) => text.replace(/https?:\S+/g, '(link)');
  if (part.type === 'text') return [{ ...part, text: without(part.text) }];
  return part.type === 'choices' ? [{ ...part, prompt: without(part.prompt) }] : [];
}

function shownParts({ parts, deletedAt, movedTo, automatic }: StoredMessage): MessageEntry['parts'] {
  if (automatic === 'survey') return parts.flatMap(withoutAddress);
  if (movedTo !== undefined) return [{ type: 'text', text: `(moved to #${movedTo})` }];
  return deletedAt === undefined ? parts : [{ type: 'text', text: '(deleted)' }];
}
