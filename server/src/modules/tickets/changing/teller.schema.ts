import { Schema } from 'mongoose';
import type { Marker } from './owed-events.ts';

/** A process that changes tickets and tells of it. */
export interface Teller {
  /** Another one after each start. */
  _id: string;
  aliveAt: Date;
  toldUntil: Marker;
}

export const tellerSchema = new Schema<Teller>(
  { _id: String, aliveAt: Date, toldUntil: String },
  { versionKey: false },
);
tellerSchema.index({ aliveAt: 1 });
