import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { find, services } from './services/find-services.mjs';

/**
 * Once per jest run: what the tests share is found or started, and told to the workers through the environment. What
 * can't be had is named; its tests are skipped, and in CI that is a failure.
 */
export default async function globalSetup() {
  const stops = [];
  globalThis.stopTestServices = () => Promise.all(stops.map((stop) => stop()));
  const missing = [];
  for (const service of services) {
    const found = await find(service);
    if (found?.stop) stops.push(found.stop);
    if (found) process.env[service.variable] = found.value;
    else missing.push(service.name);
  }
  const database = await startDatabase();
  stops.push(database.stop);
  process.env.TEST_DATABASE_URI = database.uri;
  process.env.TEST_SERVICES_MISSING = missing.join(', ');
  if (missing.length === 0) return;
  if (process.env.CI === 'true') {
    await globalThis.stopTestServices();
    throw new Error(`these services can't be had, and in CI no test may be skipped: ${missing.join(', ')}`);
  }
  console.warn(`Tests are skipped, because these services can't be had: ${missing.join(', ')}`);
}

/** One server for the run; each test file has a database of its own name in it. */
async function startDatabase() {
  const given = process.env.MONGODB_URI;
  if (given) return { uri: given, stop: async () => {} };
  const { startEmbeddedMongo } = await import('@switchboard/embedded-mongo');
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-database-'));
  const server = await startEmbeddedMongo({ dataDir });
  const stop = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { uri: server.uri, stop };
}
