import type { mongo, Model } from 'mongoose';
import { isDuplicate } from './collection.ts';
import { quickInsert, quickInsertAll, quickUpdate } from './quick.ts';
import { WriteBatches } from './write-batches.ts';

const MOST = 100;

interface Insert<T> {
  readonly document: T;
  failure?: unknown;
}

/** Inserts that gather while one is under way, into one command; each has an outcome of its own. */
export class GatheredInserts<T> {
  readonly #batches: WriteBatches<Insert<T>>;

  constructor(private readonly model: Model<T>) {
    this.#batches = new WriteBatches((inserts) => this.#write(inserts), MOST);
  }

  async add(document: T): Promise<void> {
    const insert: Insert<T> = { document };
    await this.#batches.add([insert]);
    if (insert.failure !== undefined) throw insert.failure as Error;
  }

  async #write(inserts: Insert<T>[]): Promise<void> {
    try {
      await quickInsertAll(
        this.model,
        inserts.map(({ document }) => document),
      );
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Which index was in the way says only the insert of one.
      for (const insert of refused(inserts, error as mongo.MongoBulkWriteError))
        await quickInsert(this.model, insert.document).catch((failure: unknown) => (insert.failure = failure));
    }
  }
}

function refused<T>(inserts: Insert<T>[], { writeErrors }: mongo.MongoBulkWriteError): Insert<T>[] {
  const errors = Array.isArray(writeErrors) ? writeErrors : [writeErrors];
  return errors.map(({ index }) => inserts[index] as Insert<T>);
}

export interface Update<T> {
  readonly filter: mongo.Filter<T>;
  readonly update: mongo.UpdateFilter<T>;
}

/** Updates that gather in the same way. Whether they matched anything is not told. */
export class GatheredUpdates<T> {
  readonly #batches: WriteBatches<Update<T>>;

  constructor(model: Model<T>) {
    this.#batches = new WriteBatches((updates) => quickUpdate(model, updates), MOST);
  }

  add(update: Update<T>): Promise<void> {
    return this.#batches.add([update]);
  }
}
