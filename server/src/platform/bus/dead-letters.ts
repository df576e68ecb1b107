import { Schema, type Connection, type Model } from 'mongoose';
import { v7 as orderedId } from 'uuid';
import { partOf, startOf } from '../database/text-filter.ts';
import type { BusMessage, DeadLetter, DeadLetterPage } from './bus.ts';
import { decodeMessage } from './message-codec.ts';

interface DeadLetterDocument {
  /** Ordered by time. */
  _id: string;
  subscription: string;
  messageId: string;
  /** The message's; absent where it is none of ours. */
  key?: string;
  /** The message as JSON: its payload may have keys that a database does not take. */
  body: string;
  reason: string;
  attempts: number;
  at: Date;
  /** Tells a message that was given up anew from the one that was looked at. */
  revision: number;
}

const schema = new Schema<DeadLetterDocument>(
  {
    _id: { type: String, required: true },
    subscription: { type: String, required: true },
    messageId: { type: String, required: true },
    key: String,
    body: { type: String, required: true },
    reason: { type: String, required: true },
    attempts: { type: Number, required: true },
    at: { type: Date, required: true },
    revision: { type: Number, required: true },
  },
  { collection: 'deadletters', versionKey: false },
);
// One letter per message and subscription, even if a crash between storing and acknowledging brings it twice.
schema.index({ subscription: 1, messageId: 1 }, { unique: true });

export interface NewDeadLetter {
  readonly subscription: string;
  readonly messageId: string;
  readonly body: string;
  readonly reason: string;
  readonly attempts: number;
}

/** Where both adapters keep what they gave up. */
export class DeadLetters {
  readonly #letters: Model<DeadLetterDocument>;
  readonly #told = new Set<() => void>();

  constructor(connection: Connection) {
    this.#letters = connection.model<DeadLetterDocument>('DeadLetter', schema);
  }

  async ready(): Promise<void> {
    await this.#letters.createIndexes();
  }

  async store(letter: NewDeadLetter): Promise<void> {
    const { subscription, messageId, ...rest } = letter;
    await this.#letters.updateOne(
      { subscription, messageId },
      {
        $set: { ...rest, key: readable(messageId, rest.body).key, at: new Date() },
        $inc: { revision: 1 },
        $setOnInsert: { _id: orderedId() },
      },
      { upsert: true },
    );
    for (const told of this.#told) told();
  }

  onStored(told: () => void): void {
    this.#told.add(told);
  }

  count(most: number): Promise<number> {
    return this.#letters.countDocuments({}, { limit: most }).exec();
  }

  async page({ before, limit, key, reason }: DeadLetterPage): Promise<DeadLetter[]> {
    const found = await this.#letters
      .find({
        ...(before && { _id: { $lt: before } }),
        ...(key && { key: startOf(key) }),
        ...(reason && { reason: partOf(reason) }),
      })
      .sort({ _id: -1 })
      .limit(limit)
      .lean();
    return found.map(toDeadLetter);
  }

  async get(id: string): Promise<DeadLetter | null> {
    const found = await this.#letters.findById(id).lean();
    return found && toDeadLetter(found);
  }

  /** It is on its way again. One that was given up anew in the meantime stays. */
  async replayed({ id, revision }: DeadLetter): Promise<void> {
    await this.#letters.deleteOne({ _id: id, revision });
  }

  async discard(id: string): Promise<boolean> {
    const { deletedCount } = await this.#letters.deleteOne({ _id: id });
    return deletedCount === 1;
  }
}

function toDeadLetter({ _id, messageId, body, key: _key, ...rest }: DeadLetterDocument): DeadLetter {
  return { ...rest, id: _id, message: readable(messageId, body) };
}

/** What is no message of ours is shown as it came. */
function readable(messageId: string, body: string): BusMessage {
  try {
    return decodeMessage(body);
  } catch {
    return { topic: '', key: '', id: messageId, payload: body };
  }
}
