import type { LabReplay, LabResult } from '@switchboard/contract';
import { Schema } from 'mongoose';

/** The last replay of a draft. */
export interface StoredReplay {
  /** The draft's. */
  _id: string;
  /** Which run it is: another one may have been started since. */
  runId: string;
  state: Exclude<LabReplay['state'], 'lost'>;
  from: Date;
  startedAt: Date;
  startedBy: { readonly id: string; readonly name: string };
  progress: number;
  /** When its process last said that it goes on. */
  beatAt: Date;
  /** Somebody wants it stopped. */
  stop: boolean;
  problem: string | null;
  /** Of the draft that was played. */
  changes: string;
  result: LabResult | null;
}

const mixed = Schema.Types.Mixed;
export const replaySchema = new Schema<StoredReplay>(
  {
    ...{ _id: String, runId: String, state: String, from: Date, startedAt: Date, startedBy: mixed, progress: Number },
    ...{ beatAt: Date, stop: Boolean, problem: { type: String, default: null }, changes: String },
    result: { type: mixed, default: null },
  },
  { versionKey: false, minimize: false },
);
