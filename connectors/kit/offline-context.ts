import type { ConnectorContext } from '@switchboard/contract';

const offline = (what: string) => (): never => {
  throw new Error(`${what} is not available here: no hub and no network`);
};
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

export const exampleAccountId = '00000000-0000-7000-8000-000000000001';

/** What a channel is opened with where only `parse` and `verify` are wanted: whatever needs a hub or a network refuses. */
export const offlineContext = (differences: Partial<ConnectorContext> = {}): ConnectorContext => ({
  accountId: exampleAccountId,
  webhookUrl: `http://localhost:3000/webhooks/${exampleAccountId}`,
  signingKey: Buffer.alloc(32),
  desks: [],
  grant: null,
  receive: offline('receive'),
  connected: offline('connected'),
  saveCursor: offline('saveCursor'),
  loadCursor: offline('loadCursor'),
  nextStep: offline('nextStep'),
  push: offline('push'),
  readMedia: offline('readMedia'),
  publicMediaUrl: offline('publicMediaUrl'),
  log: silent,
  now: () => new Date(),
  fetch: offline('fetch'),
  ...differences,
});
