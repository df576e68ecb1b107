import type { Readable } from 'node:stream';
import { ConnectorError } from '@switchboard/contract';
import { asConnectorError, bodyOf, codeOfStatus } from '../kit/provider-error.ts';
import type { SafeFetch } from '../kit/safe-fetch.ts';
import type { SlackClient } from './client.ts';
import { fileSource } from './content.ts';

const idIn = (source: string): string | undefined =>
  source.startsWith(fileSource('')) ? source.slice(fileSource('').length) : undefined;

const addressOf = async (client: SlackClient, source: string): Promise<string> => {
  const id = idIn(source);
  if (id === undefined) return source;
  const { file } = await client.call('files.info', { file: id }, 'read');
  const address = (Object(file) as { url_private?: unknown }).url_private;
  if (typeof address !== 'string') throw new ConnectorError('rejected', 'Slack does not give this file to the app');
  return address;
};

/** The token goes to Slack alone. */
const isSlack = ({ origin, protocol, hostname }: URL, apiBaseUrl: string): boolean =>
  origin === new URL(apiBaseUrl).origin || (protocol === 'https:' && /(^|\.)slack(-files)?\.com$/.test(hostname));

/** A file of a message. https://docs.slack.dev/reference/objects/file-object#authentication */
export const openSlackMedia = async (
  { botToken, apiBaseUrl }: { botToken?: string | undefined; apiBaseUrl: string },
  client: SlackClient,
  fetch: SafeFetch,
  source: string,
): Promise<Readable> => {
  const address = await addressOf(client, source);
  if (!URL.canParse(address)) throw new ConnectorError('rejected', 'The file has no valid address');
  const url = new URL(address);
  const headers: Record<string, string> =
    botToken && isSlack(url, apiBaseUrl) ? { authorization: `Bearer ${botToken}` } : {};
  const response = await fetch(address, { headers }).catch((error: unknown) => {
    throw asConnectorError(error, 'Attachment', 'read');
  });
  // Whom Slack does not let at a file it sends on to a page for signing in.
  const signIn = /^text\/html/.test(response.headers.get('content-type') ?? '') && !/\.html?$/i.test(url.pathname);
  if (response.status === 200 && !signIn) return bodyOf(response, 'Attachment');
  response.body.destroy();
  if (signIn) throw new ConnectorError('rejected', 'The app lacks the permission files:read');
  throw new ConnectorError(codeOfStatus(response.status, 'read'), `Attachment: Slack answered ${response.status}`);
};
