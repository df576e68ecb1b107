import { Schema } from 'mongoose';

/** So long what a process says of an account holds; it says it again while it is so. */
export const HOLDS_MS = 15_000;

/** How long what came in over an account waits for one process to work on it. Only where that is worth telling. */
export interface AccountWait {
  /** process:account */
  _id: string;
  accountId: string;
  ms: number;
  at: Date;
}

export const accountWaitSchema = new Schema<AccountWait>(
  { _id: String, accountId: String, ms: Number, at: Date },
  { versionKey: false },
);
accountWaitSchema.index({ accountId: 1, at: 1 });
accountWaitSchema.index({ at: 1 }, { expireAfterSeconds: 3600 });
