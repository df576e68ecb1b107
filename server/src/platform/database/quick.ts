import type { mongo, Model } from 'mongoose';

/*
 * What every message costs goes past mongoose's documents, casts and query builders, which take longer than the driver
 * itself. For values that are of their schema's types already; everything else uses the model.
 */

/** What `undefined` stands for is not there. */
const OPTIONS = { ignoreUndefined: true } as const;

export async function quickInsert<T>(model: Model<T>, document: T): Promise<void> {
  await model.collection.insertOne(document as never, OPTIONS);
}

/** One that is refused leaves the others in. */
export async function quickInsertAll<T>(model: Model<T>, documents: readonly T[]): Promise<void> {
  await model.collection.insertMany(documents as never, { ...OPTIONS, ordered: false });
}

export async function quickDeleteAll<T>(model: Model<T>, ids: readonly string[]): Promise<void> {
  await model.collection.deleteMany({ _id: { $in: ids } } as never);
}

export async function quickFind<T>(model: Model<T>, filter: Partial<Record<keyof T, unknown>>): Promise<T | null> {
  return (await model.collection.findOne(filter as never)) as T | null;
}

export async function quickFindAll<T>(model: Model<T>, filter: Partial<Record<keyof T, unknown>>): Promise<T[]> {
  return (await model.collection.find(filter as never).toArray()) as T[];
}

export async function quickUpdate<T>(
  model: Model<T>,
  updates: readonly { filter: mongo.Filter<T>; update: mongo.UpdateFilter<T> }[],
): Promise<void> {
  const [only] = updates;
  if (updates.length === 1 && only !== undefined) {
    await model.collection.updateOne(only.filter as never, only.update as never, OPTIONS);
    return;
  }
  const operations = updates.map(({ filter, update }) => ({ updateOne: { filter, update } }));
  await model.collection.bulkWrite(operations as never, { ...OPTIONS, ordered: false });
}
