import type { Readable } from 'node:stream';
import { ConnectorError } from '@switchboard/contract';
import { z } from 'zod';
import { openFile } from '../../kit/open-file.ts';
import type { SafeFetch } from '../../kit/safe-fetch.ts';
import type { Graph } from '../graph.ts';
import type { WhatsAppSettings } from './settings.ts';

const Found = z.object({ url: z.url() });

/** An id gives an address that is good for five minutes, for who has the token. */
export const openWhatsAppMedia = async (
  graph: Graph,
  fetch: SafeFetch,
  { accessToken, apiBaseUrl }: WhatsAppSettings,
  source: string,
): Promise<Readable> => {
  const direct = /^https?:/.test(source) ? { url: source } : await graph.get(encodeURIComponent(source));
  const found = Found.safeParse(direct);
  if (!found.success) throw new ConnectorError('rejected', 'WhatsApp no longer has this file');
  return openFile(fetch, found.data.url, {
    name: 'WhatsApp',
    apiBaseUrl,
    hosts: /(^|\.)(facebook\.com|fbsbx\.com|fbcdn\.net|whatsapp\.net)$/,
    authorization: `Bearer ${accessToken}`,
  });
};
