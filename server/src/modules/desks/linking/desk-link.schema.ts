import { Schema } from 'mongoose';

/** A person at a desk of whom an agent has said in the console: that's me. */
export interface DeskLink {
  /** Account and the provider's id of the person. */
  _id: string;
  accountId: string;
  /** As the provider named them when they were linked. */
  name: string;
  agentId: string;
  createdAt: Date;
}

export const deskLinkSchema = new Schema<DeskLink>(
  { _id: String, accountId: String, name: String, agentId: String, createdAt: Date },
  { versionKey: false },
);
// Somebody's own.
deskLinkSchema.index({ agentId: 1, _id: 1 });

export const linkId = (accountId: string, personId: string): string => `${accountId}:${personId}`;
