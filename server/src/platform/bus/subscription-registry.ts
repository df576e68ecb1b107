import { Schema, type Connection, type Model } from 'mongoose';
import type { Subscription } from './bus.ts';

export interface SubscriptionDocument {
  /** The subscription's name. */
  _id: string;
  topics: string[];
  shards: number;
  /** The most shards that it ever had: lanes beyond `shards` may still hold messages. */
  lanes: number;
  retryDelaysMs: number[];
  /** Grows when a process that does not work on the subscription has published to it: the others look. */
  wakes: number;
}

const schema = new Schema<SubscriptionDocument>(
  {
    _id: { type: String, required: true },
    topics: { type: [String], required: true },
    shards: { type: Number, required: true },
    lanes: { type: Number, required: true },
    retryDelaysMs: { type: [Number], required: true },
    wakes: { type: Number, required: true },
  },
  { collection: 'bus_subscriptions', versionKey: false },
);

const NAME = /^[a-z0-9][a-z0-9.-]*$/;

/**
 * The subscriptions of all processes. A process that only publishes learns from it whose messages it must store, and
 * a new release what an older one had bound.
 */
export class SubscriptionRegistry {
  readonly #subscriptions: Model<SubscriptionDocument>;

  constructor(connection: Connection) {
    this.#subscriptions = connection.model<SubscriptionDocument>('BusSubscription', schema);
  }

  /** Returns what was there before. */
  async put({ name, topics, shards, retryDelaysMs }: Subscription): Promise<SubscriptionDocument | null> {
    requireNamed(name, shards);
    return this.#subscriptions
      .findOneAndUpdate(
        { _id: name },
        {
          $set: { topics: [...topics], shards, retryDelaysMs: [...retryDelaysMs] },
          $max: { lanes: shards },
          $inc: { wakes: 1 },
        },
        { upsert: true, returnDocument: 'before' },
      )
      .lean();
  }

  /** Adds what is not known yet; returns what is there then. */
  async add({ name, topics, shards, retryDelaysMs }: Omit<Subscription, 'handle'>): Promise<SubscriptionDocument> {
    requireNamed(name, shards);
    return this.#subscriptions
      .findOneAndUpdate(
        { _id: name },
        {
          $addToSet: { topics: { $each: [...topics] } },
          $setOnInsert: { shards, lanes: shards, retryDelaysMs: [...retryDelaysMs] },
          $inc: { wakes: 1 },
        },
        { upsert: true, returnDocument: 'after' },
      )
      .lean<SubscriptionDocument>()
      .orFail();
  }

  async all(): Promise<SubscriptionDocument[]> {
    return this.#subscriptions.find().lean();
  }

  async wake(names: readonly string[]): Promise<void> {
    await this.#subscriptions.updateMany({ _id: { $in: names } }, { $inc: { wakes: 1 } });
  }
}

function requireNamed(name: string, shards: number): void {
  if (!NAME.test(name)) throw new Error(`"${name}" can't name a subscription: use a-z, 0-9, dot and dash`);
  if (!Number.isInteger(shards) || shards < 1) throw new Error(`subscription ${name}: shards must be 1 or more`);
}
