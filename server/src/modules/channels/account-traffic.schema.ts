import { Schema } from 'mongoose';

/** So much one document counts. */
export const SLOT_MS = 5 * 60_000;
const KEEP_SECONDS = 2 * 3600;

/** What came and went over an account within five minutes, over all processes. */
export interface AccountTally {
  _id: string;
  accountId: string;
  from: Date;
  received?: number;
  sent?: number;
  failed?: number;
}
export type TrafficKind = 'received' | 'sent' | 'failed';

export const accountTallySchema = new Schema<AccountTally>(
  { _id: String, accountId: String, from: Date, received: Number, sent: Number, failed: Number },
  { versionKey: false },
);
accountTallySchema.index({ accountId: 1, from: 1 });
accountTallySchema.index({ from: 1 }, { expireAfterSeconds: KEEP_SECONDS });
