import type { ChannelKind } from '@switchboard/contract';
import { Schema } from 'mongoose';

/** What came for a queue over a channel on one day of UTC, by quarter of an hour. */
export interface ArrivalDay {
  /** One for each queue, channel, day and source: counted again it is the same one. */
  _id: string;
  queueId: string;
  channel: ChannelKind;
  /** YYYY-MM-DD */
  day: string;
  source: 'tickets' | 'imported';
  counts: number[];
}

export const arrivalDaySchema = new Schema<ArrivalDay>(
  { _id: String, queueId: String, channel: String, day: String, source: String, counts: [Number] },
  { versionKey: false },
);
arrivalDaySchema.index({ queueId: 1, day: 1 });
arrivalDaySchema.index({ source: 1, day: 1 });

/** How far the tickets were counted. One document. */
export interface CountedUntil {
  _id: 'tickets';
  day: string;
}
export const countedUntilSchema = new Schema<CountedUntil>({ _id: String, day: String }, { versionKey: false });

export const arrivalDayId = ({ queueId, channel, day, source }: Omit<ArrivalDay, '_id' | 'counts'>) =>
  `${queueId}:${channel}:${day}:${source}`;
