import { Schema, type Connection, type Model } from 'mongoose';

/** One message for one subscription. Acknowledging deletes it. */
export interface StoredMessage {
  /** Ordered by time of publishing (UUID v7). */
  _id: string;
  /** `<subscription>/<number>` */
  lane: string;
  body: string;
  attempt: number;
  publishedAt: Date;
  /** How many processes died while it was first in its lane. */
  deaths?: number;
  /** Only while it waits for its next attempt. */
  due?: Date;
}

/** A process that takes part. It is alive for as long as it moves `until` on. */
export interface WorkerDocument {
  _id: string;
  host: string;
  pid: number;
  subscriptions: string[];
  until: Date;
}

/** Who works on a lane. It is his for as long as he is alive. */
export interface LaneDocument {
  _id: string;
  owner: string;
}

export interface BroadcastDocument {
  _id: string;
  from: string;
  channel: string;
  body: string;
  at: Date;
}

const text = { type: String, required: true } as const;
const instant = { type: Date, required: true } as const;

const messages = new Schema<StoredMessage>(
  {
    _id: text,
    lane: text,
    body: text,
    attempt: { type: Number, required: true },
    publishedAt: instant,
    deaths: Number,
    due: Date,
  },
  { collection: 'bus_messages', versionKey: false },
);
messages.index({ lane: 1, due: 1, _id: 1 });
messages.index({ due: 1 }, { sparse: true });

const workers = new Schema<WorkerDocument>(
  { _id: text, host: text, pid: { type: Number, required: true }, subscriptions: { type: [String] }, until: instant },
  { collection: 'bus_workers', versionKey: false },
);
workers.index({ until: 1 }, { expireAfterSeconds: 3600 });

const lanes = new Schema<LaneDocument>({ _id: text, owner: text }, { collection: 'bus_lanes', versionKey: false });

lanes.index({ owner: 1 });

const broadcasts = new Schema<BroadcastDocument>(
  { _id: text, from: text, channel: text, body: text, at: instant },
  { collection: 'bus_broadcasts', versionKey: false },
);
broadcasts.index({ at: 1 }, { expireAfterSeconds: 60 });

export interface BusModels {
  readonly messages: Model<StoredMessage>;
  readonly workers: Model<WorkerDocument>;
  readonly lanes: Model<LaneDocument>;
  readonly broadcasts: Model<BroadcastDocument>;
}

export async function openModels(connection: Connection): Promise<BusModels> {
  const models = {
    messages: connection.model<StoredMessage>('BusMessage', messages),
    workers: connection.model<WorkerDocument>('BusWorker', workers),
    lanes: connection.model<LaneDocument>('BusLane', lanes),
    broadcasts: connection.model<BroadcastDocument>('BusBroadcast', broadcasts),
  };
  await Promise.all(Object.values(models).map((model) => model.createIndexes()));
  return models;
}

export function laneName(subscription: string, lane: number): string {
  return `${subscription}/${lane}`;
}

export function subscriptionOf(lane: string): string {
  return lane.slice(0, lane.lastIndexOf('/'));
}

/** All lanes of a subscription, as a range of the lane index: '0' is the character after '/'. */
export function lanesOf(subscription: string): { $gte: string; $lt: string } {
  return { $gte: `${subscription}/`, $lt: `${subscription}0` };
}
