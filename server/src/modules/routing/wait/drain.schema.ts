import { Schema } from 'mongoose';

/** Who was given to somebody out of a queue, the newest last: few, and one document for each queue. */
export interface QueueDrain {
  /** The queue's. */
  _id: string;
  drained: { ticketId: string; at: Date; since: Date }[];
}

export const drainSchema = new Schema<QueueDrain>(
  { _id: String, drained: [Schema.Types.Mixed] },
  { versionKey: false, minimize: false },
);
