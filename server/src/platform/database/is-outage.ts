/** What driver and mongoose throw where the database can't be reached, by the errors' names. */
const outages = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
]);
/** mongoose keeps operations for a while where it has no connection; this one has no name of its own. */
const buffered = /buffering timed out/;

/** The database is away: nothing is wrong with what was to be done, and trying again helps as soon as it is back. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A bulk write wraps what kept it from being tried.
  const { errorResponse } = error as { errorResponse?: unknown };
  return outages.has(error.name) || buffered.test(error.message) || isOutage(errorResponse);
}
