import { Schema } from 'mongoose';
import type { ChannelKind, FlowStage, PassportDirection } from '@switchboard/contract';

export const QUARTER_MS = 15 * 60_000;
const KEEP_SECONDS = 8 * 24 * 3600;

/** What one channel's messages took within a quarter of an hour, over all processes: a count for each bucket that has one. */
export interface FlowTime {
  _id: string;
  from: Date;
  channel: ChannelKind;
  stages: Partial<Record<PassportDirection, Partial<Record<FlowStage, Record<`b${number}`, number>>>>>;
}

export const flowTimeSchema = new Schema<FlowTime>(
  { _id: String, from: Date, channel: String, stages: Schema.Types.Mixed },
  { versionKey: false, minimize: false },
);
// Also the range that the page reads.
flowTimeSchema.index({ from: 1 }, { expireAfterSeconds: KEEP_SECONDS });
