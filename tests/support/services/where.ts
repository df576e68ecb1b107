/** Where the services of this run are (see ../global-setup.mjs); null: can't be had, the tests that need it are skipped. */
export const rabbitUrl = () => process.env.AMQP_URL || null;
export const redisUrl = () => process.env.REDIS_URL || null;
export const chromiumPath = () => process.env.CHROMIUM_PATH || null;

/** A server that speaks MongoDB's protocol: the embedded one, or that of MONGODB_URI. Always there. */
export function databaseUri(): string {
  const uri = process.env.TEST_DATABASE_URI;
  if (!uri) throw new Error('run the tests with tests/jest.config.js: its global set-up starts the database');
  return uri;
}
