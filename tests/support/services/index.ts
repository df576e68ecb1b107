import { randomUUID } from 'node:crypto';
import { describe } from '@jest/globals';
import mongoose, { type Connection } from 'mongoose';
import { databaseUri } from './where.ts';

export { chromiumPath, databaseUri, rabbitUrl, redisUrl } from './where.ts';

/** `describe`, or a skipped one that names what is missing. */
export function describeWith(needs: Record<string, string | null>): (title: string, tests: () => void) => void {
  const missing = Object.entries(needs).filter(([, value]) => value === null);
  if (missing.length === 0) return describe;
  const names = missing.map(([name]) => name).join(', ');
  return (title, tests) => describe.skip(`${title} (needs ${names})`, tests);
}

/** For queue, key and database names, so that tests that run at once don't meet. */
export const aNamespace = () => `test-${randomUUID().slice(0, 8)}`;

export interface TestDatabase {
  readonly connection: Connection;
  readonly name: string;
  /** The settings of a hub that is at home here. */
  readonly hubEnv: Record<string, string>;
  /** Removes it with the connection. */
  drop(): Promise<void>;
}

/** A database of its own. */
export async function openTestDatabase(
  uri = databaseUri(),
  dbName = aNamespace(),
  serverSelectionTimeoutMS = 5_000,
): Promise<TestDatabase> {
  const options = { dbName, autoIndex: false, autoCreate: false, serverSelectionTimeoutMS, maxPoolSize: 20 };
  const connection = await mongoose.createConnection(uri, options).asPromise();
  const drop = async () => {
    await connection.dropDatabase();
    await connection.close();
  };
  return { connection, name: dbName, hubEnv: { MONGODB_URI: uri, NAMESPACE: dbName }, drop };
}
