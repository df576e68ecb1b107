import type { Readable } from 'node:stream';
import { ConnectorError } from '@switchboard/contract';
import { openFile } from '../kit/open-file.ts';
import type { SafeFetch, SafeResponse } from '../kit/safe-fetch.ts';
import type { SlackClient } from './client.ts';
import { fileIdOf } from './content.ts';

const addressOf = async (client: SlackClient, source: string): Promise<string> => {
  const id = fileIdOf(source);
  if (id === undefined) return source;
  const { file } = await client.call('files.info', { file: id }, 'read');
  const address = (Object(file) as { url_private?: unknown }).url_private;
  if (typeof address !== 'string') throw new ConnectorError('rejected', 'Slack does not give this file to the app');
  return address;
};

/** Whom Slack does not let at a file it sends on to a page for signing in. */
const signInPage = ({ headers }: SafeResponse, { pathname }: URL): string | undefined =>
  /^text\/html/.test(headers.get('content-type') ?? '') && !/\.html?$/i.test(pathname)
    ? 'The app lacks the permission files:read'
    : undefined;

/** A file of a message. https://docs.slack.dev/reference/objects/file-object#authentication */
export const openSlackMedia = async (
  { botToken, apiBaseUrl }: { botToken?: string | undefined; apiBaseUrl: string },
  client: SlackClient,
  fetch: SafeFetch,
  source: string,
): Promise<Readable> =>
  openFile(fetch, await addressOf(client, source), {
    name: 'Slack',
    apiBaseUrl,
    hosts: /(^|\.)slack(-files)?\.com$/,
    authorization: botToken && `Bearer ${botToken}`,
    refusal: signInPage,
  });
