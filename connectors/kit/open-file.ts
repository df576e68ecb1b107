import type { Readable } from 'node:stream';
import { ConnectorError } from '@switchboard/contract';
import { asConnectorError, bodyOf, codeOfStatus } from './provider-error.ts';
import type { SafeFetch, SafeResponse } from './safe-fetch.ts';

/** Who keeps files for those alone who have the token. */
export interface Keeper {
  readonly name: string;
  readonly apiBaseUrl: string;
  /** Its hosts besides. */
  readonly hosts: RegExp;
  readonly authorization: string | undefined;
  /** What is wrong where it answers with something else than the file, and with 200 at that. */
  readonly refusal?: (response: SafeResponse, url: URL) => string | undefined;
}

const keeps = ({ apiBaseUrl, hosts }: Keeper, { origin, protocol, hostname }: URL): boolean =>
  origin === new URL(apiBaseUrl).origin || (protocol === 'https:' && hosts.test(hostname));

/**
 * A file of a message. The token goes to its keeper alone: where that redirects to (its CDN) the fetch goes on without it, and at
 * an address that somebody else names nothing of ours is shown.
 */
export const openFile = async (fetch: SafeFetch, source: string, keeper?: Keeper): Promise<Readable> => {
  if (!URL.canParse(source)) throw new ConnectorError('rejected', 'The attachment has no valid address');
  const url = new URL(source);
  const owner = keeper && keeps(keeper, url) ? keeper : undefined;
  const headers: Record<string, string> = owner?.authorization ? { authorization: owner.authorization } : {};
  const response = await fetch(source, { headers }).catch((error: unknown) => {
    throw asConnectorError(error, 'Attachment', 'read');
  });
  const refusal = owner?.refusal?.(response, url);
  if (response.status === 200 && refusal === undefined) return bodyOf(response, 'Attachment');
  response.body.destroy();
  if (refusal !== undefined) throw new ConnectorError('rejected', refusal);
  const code = codeOfStatus(response.status, 'read');
  // Of no concern to the account, where it is not the provider who refuses us.
  throw new ConnectorError(
    code === 'unauthorised' && !owner ? 'rejected' : code,
    `Attachment: ${owner?.name ?? 'its host'} answered ${response.status}`,
  );
};
