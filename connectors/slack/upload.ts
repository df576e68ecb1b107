import { buffer } from 'node:stream/consumers';
import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext } from '@switchboard/contract';
import { asConnectorError, codeOfStatus } from '../kit/provider-error.ts';
import type { SafeFetch } from '../kit/safe-fetch.ts';
import type { SlackClient } from './client.ts';

export interface Uploaded {
  readonly id: string;
  readonly title: string;
}

/** Brings a file to Slack; nobody sees it before it is shared. https://docs.slack.dev/messaging/working-with-files#upload */
export const uploadFile = async (
  client: SlackClient,
  fetch: SafeFetch,
  readMedia: ConnectorContext['readMedia'],
  mediaId: string,
): Promise<Uploaded> => {
  const { stream, fileName, mimeType } = await readMedia(mediaId);
  const bytes = await buffer(stream);
  // A place for a file that nobody sees: asking for another one does no harm.
  const place = await client.call('files.getUploadURLExternal', { filename: fileName, length: bytes.length }, 'read');
  const { upload_url: url, file_id: id } = place;
  if (typeof url !== 'string' || typeof id !== 'string')
    throw new ConnectorError('temporary', 'Slack gave no place for the file');
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': mimeType }, body: bytes }).catch(
    (error: unknown) => {
      throw asConnectorError(error, 'Slack', 'read');
    },
  );
  response.body.destroy();
  if (response.status >= 300)
    throw new ConnectorError(
      codeOfStatus(response.status, 'read'),
      `Slack answered the file with status ${response.status}`,
    );
  return { id, title: fileName };
};

/**
 * Shows the files in a conversation, as one message. Slack does not say which: its id is that of the first file. `null`: to
 * nobody yet.
 */
export const shareFiles = async (
  client: SlackClient,
  files: readonly Uploaded[],
  where: { channel: string; thread_ts?: string } | null,
): Promise<void> => {
  await client.call(
    'files.completeUploadExternal',
    {
      files: files.map(({ id, title }) => ({ id, title })),
      ...(where && { channel_id: where.channel, thread_ts: where.thread_ts }),
    },
    'write',
  );
};
