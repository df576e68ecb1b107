import { Schema } from 'mongoose';
import type { Course } from './fold-ticket.ts';

/** How far a ticket's history has been measured, and what the rest of it has to know. */
export interface Measured extends Course {
  _id: string;
}

export const measuredSchema = new Schema<Measured>(
  {
    _id: String,
    seq: Number,
    inbound: Number,
    called: Boolean,
    status: String,
    queueId: String,
    assigneeId: { type: String, default: null },
    channel: String,
    tags: [String],
    customerId: String,
    openedAt: Date,
    waitingSince: { type: Date, default: null },
    queuedSince: { type: Date, default: null },
    replies: Number,
    resolved: { type: Schema.Types.Mixed, default: null },
  },
  { versionKey: false, minimize: false },
);

/** Up to where the changes of tickets have been followed, and in which zone days begin and in which form they are summed. */
export interface Followed {
  _id: string;
  until?: Date;
  zone?: string;
  form?: number;
}
export const followedSchema = new Schema<Followed>(
  { _id: String, until: Date, zone: String, form: Number },
  { versionKey: false },
);
