import { Schema } from 'mongoose';

/** Work that waits for one team. Who is in the team is the agent's side. */
export interface StoredQueue {
  _id: string;
  name: string;
  /** Lower case, unique: two queues that people can't tell apart are a mistake. */
  nameKey: string;
  firstResponseMinutes: number | null;
  nextResponseMinutes: number | null;
  createdAt: Date;
}

export const queueSchema = new Schema<StoredQueue>(
  {
    _id: String,
    name: String,
    nameKey: String,
    firstResponseMinutes: { type: Number, default: null },
    nextResponseMinutes: { type: Number, default: null },
    createdAt: Date,
  },
  { versionKey: false },
);
queueSchema.index({ nameKey: 1 }, { unique: true });

/** A queue as the rest of the hub knows it. */
export interface Queue extends Pick<StoredQueue, 'name' | 'firstResponseMinutes' | 'nextResponseMinutes'> {
  id: string;
}

export function queueOf({ _id, name, firstResponseMinutes, nextResponseMinutes }: StoredQueue): Queue {
  return { id: _id, name, firstResponseMinutes, nextResponseMinutes };
}
