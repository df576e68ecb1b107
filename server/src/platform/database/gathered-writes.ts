import { mongo, type Model } from 'mongoose';
import { quickInsert, quickInsertAll, quickUpdate, quickUpdateAll, type Update } from './quick.ts';
import { WriteBatches } from './write-batches.ts';

const MOST = 100;

interface Write<T> {
  readonly what: T;
  failure?: unknown;
}

/** Writes that gather while one is under way, into one command; each has an outcome of its own. */
export class GatheredWrites<T> {
  readonly #batches: WriteBatches<Write<T>>;

  /** `all` leaves in what was not refused, and fails with the driver's bulk error. */
  constructor(
    private readonly all: (whats: T[]) => Promise<void>,
    private readonly one: (what: T) => Promise<void>,
  ) {
    this.#batches = new WriteBatches((writes) => this.#write(writes), MOST);
  }

  async add(what: T): Promise<void> {
    const write: Write<T> = { what };
    await this.#batches.add([write]);
    if (write.failure !== undefined) throw write.failure as Error;
  }

  async #write(writes: Write<T>[]): Promise<void> {
    const [only] = writes;
    if (writes.length === 1 && only !== undefined) return this.one(only.what);
    try {
      await this.all(writes.map(({ what }) => what));
    } catch (error) {
      const refused = refusedOf(error).map((index) => writes[index] as Write<T>);
      if (refused.length === 0) throw error;
      // What was wrong with it, such as which index was in the way, says only a write of one.
      for (const write of refused) await this.one(write.what).catch((failure: unknown) => (write.failure = failure));
    }
  }
}

export const gatheredInserts = <T>(model: Model<T>): GatheredWrites<T> =>
  new GatheredWrites(
    (documents) => quickInsertAll(model, documents),
    (document) => quickInsert(model, document),
  );

/** Whether they matched anything is not told. */
export const gatheredUpdates = <T>(model: Model<T>): GatheredWrites<Update<T>> =>
  new GatheredWrites(
    (updates) => quickUpdateAll(model, updates),
    (update) => quickUpdate(model, update),
  );

/** Their places in the batch; none where the batch as a whole could not be written. */
function refusedOf(error: unknown): number[] {
  if (!(error instanceof mongo.MongoBulkWriteError)) return [];
  return [error.writeErrors].flat().map(({ index }) => index);
}
