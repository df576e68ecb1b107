import { createHash } from 'node:crypto';
import { Schema } from 'mongoose';
import type { DeskAct } from '@switchboard/contract';

/** What an agent did at a desk, so that it is done once, and shown there no second time. */
export interface StoredAct {
  /** Made of the event's key: the same event again has the same. It is the `clientId` of what was sent or noted. */
  _id: string;
  postId: string;
  type: DeskAct['type'];
  state: 'begun' | 'done' | 'refused';
  agentId: string | null;
  expiresAt: Date;
}

export const deskActSchema = new Schema<StoredAct>(
  {
    _id: String,
    postId: String,
    type: String,
    state: String,
    agentId: { type: String, default: null },
    expiresAt: Date,
  },
  { versionKey: false },
);
deskActSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** A UUID (version 8) of an account and one of its keys. */
export function actId(accountId: string, dedupeKey: string): string {
  const hex = createHash('sha256').update(`${accountId}\n${dedupeKey}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
