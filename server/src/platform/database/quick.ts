import type { Model } from 'mongoose';

/*
 * What every message costs goes past mongoose's documents, casts and query builders, which take longer than the driver
 * itself. For values that are of their schema's types already; everything else uses the model.
 */

/** What `undefined` stands for is not there. */
const OPTIONS = { ignoreUndefined: true } as const;

export async function quickInsert<T>(model: Model<T>, document: T): Promise<void> {
  await model.collection.insertOne(document as never, OPTIONS);
}

export async function quickInsertAll<T>(model: Model<T>, documents: readonly T[]): Promise<void> {
  await model.collection.insertMany(documents as never, OPTIONS);
}

export async function quickFind<T>(model: Model<T>, filter: Partial<Record<keyof T, unknown>>): Promise<T | null> {
  return (await model.collection.findOne(filter as never)) as T | null;
}

export async function quickFindAll<T>(model: Model<T>, filter: Partial<Record<keyof T, unknown>>): Promise<T[]> {
  return (await model.collection.find(filter as never).toArray()) as T[];
}

/** False: nothing matched. */
export async function quickSet<T>(
  model: Model<T>,
  filter: Partial<Record<keyof T, unknown>>,
  $set: Partial<T>,
): Promise<boolean> {
  const { matchedCount } = await model.collection.updateOne(filter as never, { $set }, OPTIONS);
  return matchedCount === 1;
}
