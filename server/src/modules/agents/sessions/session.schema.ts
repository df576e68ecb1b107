import { Schema } from 'mongoose';

/** A signed-in browser. The id is the hash of its token: who reads the database can't sign in with it. */
export interface Session {
  _id: string;
  agentId: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
}

export const sessionSchema = new Schema<Session>(
  { _id: String, agentId: String, createdAt: Date, lastSeenAt: Date, expiresAt: Date },
  { versionKey: false },
);
sessionSchema.index({ agentId: 1 });
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

const DAY_MS = 86_400_000;
export const SESSION_MS = 14 * DAY_MS;
const RENEW_AFTER_MS = 3_600_000;

export const expiryFrom = (now: Date): Date => new Date(now.getTime() + SESSION_MS);
/** The database drops expired ones now and then; until then they are none already. */
export const isExpired = (session: Session, now: Date): boolean => session.expiresAt <= now;
/** Sliding, but not with a write for each request. */
export const isDueForRenewal = (session: Session, now: Date): boolean =>
  now.getTime() - session.lastSeenAt.getTime() >= RENEW_AFTER_MS;
