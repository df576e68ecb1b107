import {
  DEFAULT_FEEDBACK,
  DEFAULT_QUEUE_ROUTING,
  type FeedbackSettings,
  type OwnWrapUp,
  type QueueRouting,
} from '@switchboard/contract';
import { Schema } from 'mongoose';

/** Work that waits for one team. Who is in the team is the agent's side. */
export interface StoredQueue {
  _id: string;
  name: string;
  /** Lower case, unique: two queues that people can't tell apart are a mistake. */
  nameKey: string;
  /** What was not thought of yet when it was written is as by default. */
  routing?: QueueRouting;
  feedback?: FeedbackSettings;
  wrapUp?: OwnWrapUp;
  createdAt: Date;
}

/** From before there were service level policies. */
export interface OwnTargets {
  firstResponseMinutes?: number | null;
  nextResponseMinutes?: number | null;
}

export const queueSchema = new Schema<StoredQueue>(
  {
    _id: String,
    name: String,
    nameKey: String,
    routing: Schema.Types.Mixed,
    feedback: Schema.Types.Mixed,
    wrapUp: Schema.Types.Mixed,
    createdAt: Date,
  },
  { versionKey: false },
);
queueSchema.index({ nameKey: 1 }, { unique: true });

/** A queue as the rest of the hub knows it. */
export interface Queue extends Pick<StoredQueue, 'name'> {
  id: string;
  routing: QueueRouting;
  feedback: FeedbackSettings;
  wrapUp: OwnWrapUp;
}

export const queueOf = ({ _id, name, routing, feedback, wrapUp = null }: StoredQueue): Queue => ({
  id: _id,
  name,
  routing: { ...DEFAULT_QUEUE_ROUTING, ...routing },
  feedback: { ...DEFAULT_FEEDBACK, ...feedback },
  wrapUp,
});
