import { Schema } from 'mongoose';

/** What came in, as it came: so that a parser's bug costs a replay and not a message. */
export interface StoredRaw {
  _id: string;
  channelAccountId: string;
  connectorId: string;
  method: string;
  url: string;
  hook: string;
  headers: [string, string][];
  /** In place, or in the media store under this id where it is large. */
  body: Buffer | null;
  bytes: number;
  receivedAt: Date;
  state: 'kept' | 'quarantined';
  reason: string | null;
  attempts: number;
  /** The raw request that a person mended, of which this is the mended one. */
  mendedFrom?: string;
  expiresAt: Date;
}

export const rawRequestSchema = new Schema<StoredRaw>(
  {
    _id: String,
    channelAccountId: String,
    connectorId: String,
    method: String,
    url: String,
    hook: String,
    headers: [[String]],
    body: { type: Buffer, default: null },
    bytes: Number,
    receivedAt: Date,
    state: String,
    reason: { type: String, default: null },
    attempts: Number,
    mendedFrom: String,
    expiresAt: Date,
  },
  { versionKey: false },
);
rawRequestSchema.index({ state: 1, _id: -1 }, { partialFilterExpression: { state: 'quarantined' } });
rawRequestSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
