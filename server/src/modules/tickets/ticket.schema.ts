import { Schema } from 'mongoose';
import type { ChannelKind, Priority, TicketStatus } from '@switchboard/contract';
import type { ServiceClock } from '../sla/index.ts';

export interface Ticket {
  _id: string;
  number: number;
  /** Of the last stored change; an entry with the next one may already exist and waits to be applied (see append-entry.ts). */
  seq: number;
  /** What opened it, so that the same opening twice is one ticket. */
  openedBy: string;
  subject: string;
  status: TicketStatus;
  /** Somebody of ours may have to act (statuses.ts): an equality that every list's index begins with. */
  active: boolean;
  priority: Priority;
  queueId: string;
  assigneeId: string | null;
  /** Queues that it overflowed out of: it does not come back to them by itself. */
  overflowedFrom?: string[];
  tags: string[];
  customerId: string;
  customerName: string;
  /** Of the customer's picture in the media store. */
  customerPicture?: string | null;
  channel: ChannelKind;
  channels: ChannelKind[];
  preview: { text: string; from: 'customer' | 'agent' | 'note' | 'system'; at: Date } | null;
  inboundCount: number;
  replyCount: number;
  waitingSince: Date | null;
  /** The clocks, the policy that they keep, and when one of them next warns or breaches: append-entry.ts moves them. */
  firstResponse: ServiceClock | null;
  nextResponse: ServiceClock | null;
  resolution: ServiceClock | null;
  policyId?: string | null;
  escalateAt: Date | null;
  snoozedUntil: Date | null;
  /** Time that ran while the ticket was pending on the customer, without a spell that still runs. */
  pendingMs: number;
  pendingSince: Date | null;
  needsAttention: boolean;
  /** Scheduled replies that wait. */
  scheduled: number;
  /** When its last call ended; null: one goes on. Missing: it had none. */
  callOverAt?: Date | null;
  createdAt: Date;
  updatedAt: Date;
  firstResolvedAt: Date | null;
  resolvedAt: Date | null;
  /** What the customer thought of it, the last time that they said. Missing: they never did. */
  rated?: { surveyId: string; rating: number; comment: string | null; at: Date };
  /** That is 1 or 2. */
  poorlyRated?: boolean;
  /** Lower-case words that search finds it by. */
  words: string[];
}

const clock = new Schema(
  {
    startedAt: Date,
    spells: [Schema.Types.Mixed],
    carriedMs: Number,
    doneAt: Date,
    targetMs: Number,
    warnAt: Date,
    dueAt: Date,
    leftMs: Number,
    warnedAt: Date,
    breachedAt: Date,
  },
  { _id: false },
);
const preview = new Schema({ text: String, from: String, at: Date }, { _id: false });

export const ticketSchema = new Schema<Ticket>(
  {
    _id: String,
    number: Number,
    seq: Number,
    openedBy: String,
    subject: String,
    status: String,
    active: Boolean,
    priority: String,
    queueId: String,
    assigneeId: { type: String, default: null },
    overflowedFrom: { type: [String], default: undefined },
    tags: [String],
    customerId: String,
    customerName: String,
    customerPicture: String,
    channel: String,
    channels: [String],
    preview: { type: preview, default: null },
    inboundCount: Number,
    replyCount: Number,
    waitingSince: { type: Date, default: null },
    firstResponse: { type: clock, default: null },
    nextResponse: { type: clock, default: null },
    resolution: { type: clock, default: null },
    policyId: String,
    escalateAt: { type: Date, default: null },
    snoozedUntil: { type: Date, default: null },
    pendingMs: Number,
    pendingSince: { type: Date, default: null },
    needsAttention: Boolean,
    scheduled: { type: Number, default: 0 },
    callOverAt: Date,
    createdAt: Date,
    updatedAt: Date,
    firstResolvedAt: { type: Date, default: null },
    resolvedAt: { type: Date, default: null },
    rated: Schema.Types.Mixed,
    poorlyRated: Boolean,
    words: [String],
  },
  { versionKey: false, minimize: false },
);
ticketSchema.index({ number: 1 }, { unique: true });
ticketSchema.index({ openedBy: 1 }, { unique: true });
// One index per list: its filter, then the order in which it is paged.
ticketSchema.index({ active: 1, updatedAt: -1, _id: -1 });
ticketSchema.index({ status: 1, updatedAt: -1, _id: -1 });
ticketSchema.index({ queueId: 1, active: 1, updatedAt: -1, _id: -1 });
ticketSchema.index({ queueId: 1, status: 1, updatedAt: -1, _id: -1 });
ticketSchema.index({ assigneeId: 1, active: 1, updatedAt: -1, _id: -1 });
// What somebody has of a channel, for when they are gone.
ticketSchema.index({ assigneeId: 1, active: 1, channel: 1 });
ticketSchema.index({ customerId: 1, updatedAt: -1, _id: -1 });
ticketSchema.index({ tags: 1, updatedAt: -1, _id: -1 });
ticketSchema.index({ updatedAt: -1, _id: -1 });
ticketSchema.index({ queueId: 1, waitingSince: 1 });
ticketSchema.index({ queueId: 1, 'firstResponse.doneAt': 1 });
// What waits for an agent, in the order of its turn.
ticketSchema.index({ queueId: 1, assigneeId: 1, active: 1, priority: 1, createdAt: 1, _id: 1 });
// The same of each channel: where one is stuck, the others are found behind it.
ticketSchema.index({ queueId: 1, assigneeId: 1, active: 1, priority: 1, channel: 1, createdAt: 1, _id: 1 });
ticketSchema.index({ poorlyRated: 1, updatedAt: -1, _id: -1 }, { partialFilterExpression: { poorlyRated: true } });
ticketSchema.index({ words: 1 });
ticketSchema.index({ escalateAt: 1 });
// What came when, for the forecast.
ticketSchema.index({ createdAt: 1 });
