import type { ChannelKind, FactKind } from '@switchboard/contract';
import { Schema } from 'mongoose';

/** Stands for no queue: somebody's time is of all that they are in. */
export const NO_QUEUE = '-';

/** One moment of one ticket, or time of one agent, that figures are made of. Made from histories alone, so that it can be made again. */
export interface Fact {
  /** The entry and the kind: the same history makes the same facts. */
  _id: string;
  kind: FactKind;
  at: Date;
  queueId: string;
  agentId: string | null;
  /** null: of no ticket, like the agent's own time. */
  channel: ChannelKind | null;
  /** As the ticket has them now. */
  tags: string[];
  ticketId: string;
  customerId: string;
  /** How long it took, by the calendar and by the opening hours. */
  ms?: number;
  businessMs?: number;
  /** Missing: there was no target. */
  inTime?: boolean;
  /** Of a resolution: the ticket's first one, its last one so far, after a single reply. */
  first?: boolean;
  last?: boolean;
  oneTouch?: boolean;
  /** Of a resolution: the customer was in contact again within 7 days. Of an opening or reopening: by the customer. */
  again?: boolean;
  byCustomer?: boolean;
  /** Of an asking: what the customer thought, from 1 to 5, and said about it. */
  rating?: number;
  comment?: string;
}

export const factSchema = new Schema<Fact>(
  {
    _id: String,
    kind: String,
    at: Date,
    queueId: String,
    agentId: { type: String, default: null },
    channel: { type: String, default: null },
    tags: [String],
    ticketId: String,
    customerId: String,
    ms: Number,
    businessMs: Number,
    inTime: Boolean,
    first: Boolean,
    last: Boolean,
    oneTouch: Boolean,
    again: Boolean,
    byCustomer: Boolean,
    rating: Number,
    comment: String,
  },
  { versionKey: false },
);
// What a quarter of an hour of a queue is summed from.
factSchema.index({ queueId: 1, at: 1 });
// The rows of a figure, of everyone, a queue or an agent.
factSchema.index({ kind: 1, at: -1, _id: -1 });
factSchema.index({ queueId: 1, kind: 1, at: -1, _id: -1 });
factSchema.index({ agentId: 1, kind: 1, at: -1, _id: -1 });
factSchema.index({ ticketId: 1 });
factSchema.index({ customerId: 1, kind: 1, at: 1 });
