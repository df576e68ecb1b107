import { Schema } from 'mongoose';

/** Who handed in a file, so that no one can put another's into a message. Forgotten after a day. */
export interface Upload {
  /** The file's id. */
  _id: string;
  accountId: string;
  visitorId: string;
  expiresAt: Date;
}

export const uploadSchema = new Schema<Upload>(
  { _id: String, accountId: String, visitorId: String, expiresAt: Date },
  { versionKey: false },
);
uploadSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
