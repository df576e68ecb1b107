import type { Readable } from 'node:stream';
import { ConnectorError } from '@switchboard/contract';
import { z } from 'zod';
import { openFile } from '../kit/open-file.ts';
import type { SafeFetch } from '../kit/safe-fetch.ts';
import type { TelegramApi } from './deliver/api.ts';

const Found = z.object({ file_path: z.string().min(1) });

/** https://core.telegram.org/bots/api#getfile; the path is good for an hour. */
export const openTelegramMedia = async (api: TelegramApi, fetch: SafeFetch, fileId: string): Promise<Readable> => {
  const found = Found.safeParse(await api.call('getFile', { file_id: fileId }, 'read'));
  if (!found.success) throw new ConnectorError('rejected', 'Telegram does not give this file to bots');
  return openFile(fetch, api.fileUrl(found.data.file_path));
};
