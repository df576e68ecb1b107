import { Schema } from 'mongoose';

/** A person at a desk of whom an agent has said in the console: that's me. */
export interface DeskLink {
  /** Account and the provider's id of the person. */
  _id: string;
  agentId: string;
  createdAt: Date;
}

export const deskLinkSchema = new Schema<DeskLink>(
  { _id: String, agentId: String, createdAt: Date },
  { versionKey: false },
);

export const linkId = (accountId: string, personId: string): string => `${accountId}:${personId}`;
