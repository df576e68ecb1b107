import { Schema, type Connection, type Model } from 'mongoose';
import type { Job } from '../jobs.ts';

interface Promised {
  /** `<name>:<key>` */
  _id: string;
  name: string;
  key: string;
  dueAt: Date;
  /** JSON. */
  data: string;
  /** Names the scheduling that counts. */
  token: string;
}

const text = { type: String, required: true } as const;
const schema = new Schema<Promised>(
  { _id: text, name: text, key: String, dueAt: { type: Date, required: true }, data: text, token: text },
  { collection: 'promised_jobs', versionKey: false },
);
schema.index({ dueAt: 1 });

export interface Scheduled extends Job {
  readonly token: string;
}

const jobOf = ({ name, key, dueAt, data, token }: Promised): Scheduled => ({
  ...{ name, key, dueAt, token },
  data: JSON.parse(data) as unknown,
});

/** Which jobs are promised, in the database: Redis may forget what it was told, and a promise must not depend on it. */
export class Ledger {
  private constructor(private readonly jobs: Model<Promised>) {}

  static async open(connection: Connection): Promise<Ledger> {
    const jobs = connection.model<Promised>('PromisedJob', schema);
    await jobs.createIndexes();
    return new Ledger(jobs);
  }

  /** Answers the token of the scheduling that this one takes the place of. */
  async put({ name, key, dueAt, data, token }: Scheduled): Promise<string | null> {
    const promised = { name, key, dueAt, data: JSON.stringify(data ?? null), token };
    const before = await this.jobs
      .findOneAndUpdate({ _id: idOf(name, key) }, { $set: promised }, { upsert: true, returnDocument: 'before' })
      .lean();
    return before?.token ?? null;
  }

  /** Null: done, cancelled, or scheduled anew in the meantime. */
  async get(name: string, key: string, token: string): Promise<Scheduled | null> {
    const promised = await this.jobs.findOne({ _id: idOf(name, key), token }).lean();
    return promised && jobOf(promised);
  }

  /** Unless it was scheduled anew in the meantime. */
  async fulfil(name: string, key: string, token: string): Promise<void> {
    await this.jobs.deleteOne({ _id: idOf(name, key), token });
  }

  /** Answers the token of what was promised. */
  async cancel(name: string, key: string): Promise<string | null> {
    return (await this.jobs.findOneAndDelete({ _id: idOf(name, key) }).lean())?.token ?? null;
  }

  /** Oldest first. */
  async due(before: Date, limit: number): Promise<Scheduled[]> {
    const found = await this.jobs
      .find({ dueAt: { $lt: before } })
      .sort({ dueAt: 1 })
      .limit(limit)
      .lean();
    return found.map(jobOf);
  }
}

const idOf = (name: string, key: string): string => `${name}:${key}`;
