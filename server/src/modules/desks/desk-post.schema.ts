import { Schema } from 'mongoose';

/** A ticket as it is shown at a place of a desk: one for each, whatever happens. */
export interface DeskPost {
  /** Account, place and ticket. */
  _id: string;
  channelAccountId: string;
  place: string;
  ticketId: string;
  /** The thread that it began there; missing: not yet. */
  ref?: string;
  /** Up to this change of the ticket all is told there. */
  toldSeq: number;
  /** What its first message says, to know whether it is another. */
  shown: string | null;
  /** What was put there last, and when by the provider's clock: what an agent had before their eyes. */
  told: { seq: number; at: Date }[];
  /** Set before the provider is asked, cleared when its answer is stored: one that stays means an unknown outcome. */
  attempt: { key: string; at: Date } | null;
}

const mixed = Schema.Types.Mixed;
export const deskPostSchema = new Schema<DeskPost>(
  {
    _id: String,
    channelAccountId: String,
    place: String,
    ticketId: String,
    ref: String,
    toldSeq: Number,
    shown: { type: String, default: null },
    told: [mixed],
    attempt: { type: mixed, default: null },
  },
  { versionKey: false },
);
deskPostSchema.index(
  { channelAccountId: 1, ref: 1 },
  { unique: true, partialFilterExpression: { ref: { $exists: true } } },
);
deskPostSchema.index({ ticketId: 1 });
// Those that are being posted just now.
deskPostSchema.index({ channelAccountId: 1, place: 1, 'attempt.key': 1 });

export const postId = (accountId: string, place: string, ticketId: string): string =>
  `${accountId}:${place}:${ticketId}`;
