import { randomBytes } from 'node:crypto';
import { Schema } from 'mongoose';
import type { ChannelKind, Party } from '@switchboard/contract';

/** A provider's thread on one channel account; points to the ticket that it goes on in. */
export interface Thread {
  _id: string;
  channelAccountId: string;
  channel: ChannelKind;
  externalId: string;
  /** Split off from this one: the provider knows both as one. */
  root?: { id: string; externalId: string };
  /** Others were split off from this one. */
  parted?: boolean;
  shape: 'direct' | 'group' | 'call';
  ticketId: string;
  customerId: string;
  subject: string | null;
  /** Whom a reply goes to. */
  recipient: Party;
  /** External ids that may write into it; a stranger who quotes it starts a ticket of their own. */
  participants: string[];
  cc: Party[];
  /** Comes back, signed by the connector, where the channel has no thread of its own. */
  replyToken: string;
  lastInboundAt: Date | null;
  lastInboundExternalId: string | null;
  /** Until when an agent has seen what the customer wrote. */
  seenAt: Date | null;
  /** The customer was asked over it how it was: until then what they say may be the answer. */
  survey?: { id: string; closesAt: Date };
  /** A visitor of ours closed the chat's last page; null: they have it open, or nobody saw them go. */
  leftAt?: Date | null;
  createdAt: Date;
}

const mixed = Schema.Types.Mixed;
export const threadSchema = new Schema<Thread>(
  {
    _id: String,
    channelAccountId: String,
    channel: String,
    externalId: String,
    root: mixed,
    parted: Boolean,
    shape: String,
    ticketId: String,
    customerId: String,
    subject: { type: String, default: null },
    recipient: mixed,
    participants: [String],
    cc: [mixed],
    replyToken: String,
    lastInboundAt: { type: Date, default: null },
    lastInboundExternalId: { type: String, default: null },
    seenAt: { type: Date, default: null },
    survey: mixed,
    leftAt: Date,
    createdAt: Date,
  },
  { versionKey: false, minimize: false },
);
threadSchema.index({ channelAccountId: 1, externalId: 1 }, { unique: true });
threadSchema.index({ replyToken: 1 }, { unique: true });
threadSchema.index({ 'root.id': 1 }, { partialFilterExpression: { 'root.id': { $exists: true } } });
threadSchema.index({ ticketId: 1, lastInboundAt: -1 });
threadSchema.index({ customerId: 1, _id: -1 });

/** The thread as its provider knows it. */
export const providerThread = ({ _id, externalId, root }: Pick<Thread, '_id' | 'externalId' | 'root'>) =>
  root ?? { id: _id, externalId };

type Place = Pick<Thread, 'channelAccountId' | 'channel' | 'externalId' | 'ticketId' | 'customerId' | 'recipient'>;
/** A thread of a person and us in which nothing was said yet. */
export const blankThread = (place: Place, { _id, now }: { _id: string; now: Date }): Thread => ({
  ...place,
  _id,
  shape: 'direct',
  subject: null,
  participants: [place.recipient.externalId],
  cc: [],
  replyToken: newReplyToken(),
  lastInboundAt: null,
  lastInboundExternalId: null,
  seenAt: null,
  createdAt: now,
});

/** Short enough for a plus-address, too long to guess; the connector signs it besides. */
export const newReplyToken = (): string => randomBytes(9).toString('hex');
