import { Schema } from 'mongoose';
import type {
  Actor,
  Amendment,
  CallView,
  ChannelKind,
  ContentPart,
  EntryView,
  HeldEntry,
  MessageContext,
  MessageEntry,
  MessageState,
  Party,
  WantedChange,
} from '@switchboard/contract';
import type { StoredReaction } from './receiving/reactions.ts';
import type { Ticket } from './ticket.schema.ts';

/** Times that a message has passed; see Passport in the contract. */
export type Milestones = Partial<Record<Exclude<keyof MessageEntry['passport'], 'duplicates' | 'traceId'>, Date>>;

/** What a customer was asked after a resolution: who had resolved it, where the ticket was then, and the answer when there is one. */
export interface AskedFeedback {
  /** The entry that resolved it: once per resolution. */
  surveyId: string;
  askedAt: Date;
  queueId: string;
  agentId: string | null;
  rating?: number;
  comment?: string;
}

interface Base {
  _id: string;
  ticketId: string;
  seq: number;
  at: Date;
  author: Actor;
  /** What this change did to the ticket: applied once, in the order of seq. */
  patch: Partial<Ticket>;
  /** Where the ticket was, and whose, until this change took it from there: who tells of the change tells them, too. */
  left?: { queueId?: string; assigneeId?: string };
  /** A client's or an event's own key: the same one again is no second entry. */
  onceKey?: string;
}

/** What becomes of words that are there already. Who did it is left out where it was the customer. */
interface Changeable {
  editedAt?: Date;
  editedBy?: Actor;
  deletedAt?: Date;
  deletedBy?: Actor;
  /** What it said before, the oldest first: kept for those who may see it. */
  versions?: { parts: ContentPart[]; until: Date; by: Actor }[];
  /** The seq of the last change, so that a late one never undoes a newer. */
  changedSeq: number;
}

/** The provider refused it for now: which command on the bus comes back to it, when, and how often it has been tried. */
export interface Awaited {
  command: string;
  at: Date;
  tries: number;
}

type What = { kind: 'edit'; parts: ContentPart[] } | Exclude<WantedChange, { kind: 'edit' }>;
/** One change that an agent wants of a message, on its way to the provider. */
export type StoredAmendment = What & {
  by: Actor;
  at: Date;
  /** The ticket's, when it was asked: they are carried out in this order. */
  seq: number;
  state: Amendment['state'];
  reason?: string;
  /** As of a message: set before the provider is called. */
  attempt?: { id: string; startedAt: Date } | null;
  awaits?: Awaited | null;
};

export interface StoredMessage extends Base, Changeable {
  type: 'message';
  direction: 'in' | 'out';
  channel: ChannelKind;
  channelAccountId: string;
  threadId: string;
  /** Provider's id; what replies and delivery reports name. */
  externalId?: string;
  /** Where the provider holds it as several: the others' ids. */
  furtherExternalIds?: string[];
  /** (channelAccountId, dedupeKey) is unique: the second delivery of one message finds the first. */
  dedupeKey?: string;
  eventId?: string;
  rawRef?: string;
  subject?: string;
  parts: ContentPart[];
  quoted?: string;
  automatic?: MessageEntry['automatic'];
  survey?: AskedFeedback;
  /** It answers a survey, perhaps with words beyond the rating. */
  rates?: { surveyId: string; rating: number; comment?: string };
  context?: MessageContext;
  /** Those of its album that were added to it, by their dedupe keys. */
  albumKeys?: string[];
  fromElsewhere?: true;
  reactions?: StoredReaction[];
  to?: Party[];
  cc?: Party[];
  state: MessageState;
  reason?: string;
  joinedBy?: MessageEntry['joinedBy'];
  clientId?: string;
  /** What agents want changed of it, by the client's id for it: until its provider has taken it. */
  amendments?: Record<string, StoredAmendment | null>;
  /** Since when the oldest of them waits for its provider. */
  amendingSince?: Date | null;
  /** One of them failed, or its outcome is unknown. */
  amendFailed?: boolean;
  /** The held reply that it was. */
  releases?: string;
  /** The number of the ticket that it was moved to. */
  movedTo?: number;
  milestones: Milestones;
  duplicates: number;
  /** The last delivery that brought the same message again. */
  lastDuplicate?: { at: Date; eventId: string; traceId?: string };
  traceId?: string;
  /** Set before the provider is called, cleared when its answer is stored: one that stays means an unknown outcome. */
  attempt?: { id: string; number: number; startedAt: Date } | null;
  awaits?: Awaited | null;
}

export interface StoredNote extends Base, Changeable {
  type: 'note';
  text: string;
  clientId?: string;
}

export interface StoredEvent extends Base {
  type: 'event';
  event: Extract<EntryView, { type: 'event' }>['event'];
  from: string | null;
  to: string | null;
  did?: string[];
  /** Who is told besides, in the console. */
  notify?: { assigneeId: string | null; supervisors: boolean };
  feedback?: AskedFeedback;
}

/**
 * A reply before it is a message: who delivers and who shows customers what was said know only messages, so none of them can
 * mistake it. What it does to the ticket, it does as the message that it becomes: a new entry, where and when it goes out.
 */
export interface StoredHeld
  extends
    Base,
    Pick<
      HeldEntry,
      | 'channel'
      | 'channelAccountId'
      | 'threadId'
      | 'subject'
      | 'parts'
      | 'cc'
      | 'clientId'
      | 'kind'
      | 'unlessCustomerWrites'
      | 'thenStatus'
      | 'state'
      | 'returned'
    > {
  type: 'held';
  until: Date;
  changedSeq: number;
}

/** A change of an entry that is already there: no row of the conversation, but a step of its history. */
export interface StoredChange extends Base {
  type: 'change';
  /** null: only the ticket changed, in what nobody needs to read in its history. */
  entryId: string | null;
  /** `gone`: the path is taken away, not set. */
  changes: { path: string; value: unknown; gone?: true }[];
  /** What it means for figures: a call was `answered`, or `abandoned`. */
  did?: string[];
}

/** A call, as it is now; the calls' own module leads it. */
export interface StoredCall extends Base {
  type: 'call';
  channel: ChannelKind;
  call: CallView;
  changedSeq: number;
}

export type StoredEntry = StoredMessage | StoredNote | StoredEvent | StoredHeld | StoredChange | StoredCall;

const mixed = Schema.Types.Mixed;
export const entrySchema = new Schema(
  {
    _id: String,
    ticketId: String,
    seq: Number,
    type: String,
    at: Date,
    author: mixed,
    patch: mixed,
    left: mixed,
    onceKey: String,
    direction: String,
    channel: String,
    channelAccountId: String,
    threadId: String,
    externalId: String,
    furtherExternalIds: { type: [String], default: undefined },
    dedupeKey: String,
    eventId: String,
    rawRef: String,
    subject: String,
    parts: { type: [mixed], default: undefined },
    quoted: String,
    automatic: String,
    context: mixed,
    albumKeys: { type: [String], default: undefined },
    fromElsewhere: Boolean,
    reactions: { type: [mixed], default: undefined },
    // A message's addressees, or what an event changed to.
    to: mixed,
    cc: { type: [mixed], default: undefined },
    state: String,
    reason: String,
    joinedBy: String,
    clientId: String,
    editedAt: Date,
    editedBy: mixed,
    deletedAt: Date,
    deletedBy: mixed,
    versions: { type: [mixed], default: undefined },
    amendments: mixed,
    amendingSince: Date,
    amendFailed: Boolean,
    movedTo: Number,
    milestones: mixed,
    duplicates: Number,
    lastDuplicate: mixed,
    traceId: String,
    attempt: mixed,
    awaits: mixed,
    changedSeq: Number,
    text: String,
    releases: String,
    kind: String,
    until: Date,
    unlessCustomerWrites: Boolean,
    thenStatus: String,
    returned: mixed,
    event: String,
    from: String,
    did: { type: [String], default: undefined },
    notify: mixed,
    feedback: mixed,
    survey: mixed,
    rates: mixed,
    call: mixed,
    entryId: String,
    changes: { type: [mixed], default: undefined },
  },
  { versionKey: false, minimize: false },
);
entrySchema.index({ ticketId: 1, seq: 1 }, { unique: true });
entrySchema.index(
  { channelAccountId: 1, dedupeKey: 1 },
  { unique: true, partialFilterExpression: { dedupeKey: { $exists: true } } },
);
entrySchema.index({ onceKey: 1 }, { unique: true, partialFilterExpression: { onceKey: { $exists: true } } });
entrySchema.index(
  { channelAccountId: 1, externalId: 1 },
  { partialFilterExpression: { externalId: { $exists: true } } },
);
entrySchema.index({ threadId: 1, _id: -1 }, { partialFilterExpression: { threadId: { $exists: true } } });
// Who may read a file is who may read a message that carries it.
entrySchema.index(
  { 'parts.media.mediaId': 1 },
  { partialFilterExpression: { 'parts.media.mediaId': { $exists: true } } },
);
// What still has to go out, for the sweep that finds sends whose command was lost.
entrySchema.index({ state: 1, at: 1 }, { partialFilterExpression: { state: 'pending' } });
// The oldest of each account: how far its sending is behind.
entrySchema.index({ channelAccountId: 1, at: 1 }, { partialFilterExpression: { state: 'pending' } });
// Changes whose command was lost.
entrySchema.index({ amendingSince: 1 }, { partialFilterExpression: { amendingSince: { $exists: true } } });
// Replies that wait for their time, everyone's and one agent's, and those of a ticket that still stand beside its history.
entrySchema.index({ state: 1, until: 1, _id: 1 }, { partialFilterExpression: { type: 'held' } });
entrySchema.index({ 'author.id': 1, state: 1, until: 1, _id: 1 }, { partialFilterExpression: { type: 'held' } });
entrySchema.index({ ticketId: 1, state: 1 }, { partialFilterExpression: { type: 'held' } });
