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

export interface Update<T> {
  readonly filter: mongo.Filter<T>;
  readonly update: mongo.UpdateFilter<T>;
}

export async function quickUpdate<T>(model: Model<T>, { filter, update }: Update<T>): Promise<void> {
  await model.collection.updateOne(filter as never, update as never, OPTIONS);
}

/** One that is refused leaves the others in. */
export async function quickUpdateAll<T>(model: Model<T>, updates: readonly Update<T>[]): Promise<void> {
  const operations = updates.map((updateOne) => ({ updateOne }));
  await model.collection.bulkWrite(operations as never, { ...OPTIONS, ordered: false });
}
