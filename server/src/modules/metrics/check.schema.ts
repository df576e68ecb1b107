import { Schema } from 'mongoose';

/** What a recomputation of a period found. */
export interface StoredCheck {
  _id: string;
  from: Date;
  to: Date;
  startedAt: Date;
  tookMs: number;
  tickets: number;
  facts: number;
  rollups: number;
  drift: number;
  examples: string[];
}

export const checkSchema = new Schema<StoredCheck>(
  {
    _id: String,
    ...{ from: Date, to: Date, startedAt: Date, tookMs: Number },
    ...{ tickets: Number, facts: Number, rollups: Number, drift: Number, examples: [String] },
  },
  { versionKey: false },
);
checkSchema.index({ from: 1, to: 1 });
