import type { Readable } from 'node:stream';
import { ConnectorError } from '@switchboard/contract';
import { asConnectorError, bodyOf, codeOfStatus } from './provider-error.ts';
import type { SafeFetch } from './safe-fetch.ts';

/** A file at an address that somebody else names: nothing of ours is shown there, and nothing inside of our network is reached. */
export const openPublicFile = async (fetch: SafeFetch, source: string): Promise<Readable> => {
  const response = await fetch(source).catch((error: unknown) => {
    throw asConnectorError(error, 'Attachment', 'read');
  });
  if (response.status === 200) return bodyOf(response, 'Attachment');
  response.body.destroy();
  // Of no concern to the account: it is not the provider who refuses us there.
  const code = codeOfStatus(response.status, 'read');
  throw new ConnectorError(code === 'unauthorised' ? 'rejected' : code, `Attachment: status ${response.status}`);
};
