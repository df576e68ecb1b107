import type { Provider } from '@nestjs/common';
import type { Connection, Schema } from 'mongoose';
import { DATABASE } from '../tokens.ts';

/** Collections that exist, so that boot can build every index before the first request. */
const declared = new Map<string, Schema>();

/**
 * Provides the model of a collection under the collection's name: inject it with `@Inject('tickets')`.
 * Schemas keep their own string `_id` (the hub's ids) and no mongoose version key: `seq` does that work.
 */
export function collection(name: string, schema: Schema): Provider {
  declared.set(name, schema);
  return {
    provide: name,
    inject: [DATABASE],
    useFactory: (connection: Connection): unknown => modelOf(connection, name, schema),
  };
}

export async function buildIndexes(connection: Connection): Promise<void> {
  await Promise.all([...declared].map(([name, schema]) => modelOf(connection, name, schema).createIndexes()));
}

const modelOf = (connection: Connection, name: string, schema: Schema) =>
  connection.models[name] ?? connection.model(name, schema, name);

/** Was a unique index in the way? The named field tells which, where one collection has several. */
export function isDuplicate(error: unknown, field?: string): boolean {
  const fault = error as { code?: number; keyPattern?: Record<string, unknown> };
  return fault?.code === 11000 && (field === undefined || field in (fault.keyPattern ?? {}));
}
