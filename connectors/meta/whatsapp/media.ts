import type { Readable } from 'node:stream';
import { ConnectorError } from '@switchboard/contract';
import { z } from 'zod';
import { asConnectorError, bodyOf, codeOfStatus } from '../../kit/provider-error.ts';
import type { SafeFetch } from '../../kit/safe-fetch.ts';
import type { Graph } from '../graph.ts';
import type { WhatsAppSettings } from './settings.ts';

const Found = z.object({ url: z.url() });

/** The token goes to Meta alone: its files are below these names. */
const isMeta = ({ origin, protocol, hostname }: URL, apiBaseUrl: string): boolean =>
  origin === new URL(apiBaseUrl).origin ||
  (protocol === 'https:' && /(^|\.)(facebook\.com|fbsbx\.com|fbcdn\.net|whatsapp\.net)$/.test(hostname));

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
  const { url } = found.data;
  const headers: Record<string, string> = isMeta(new URL(url), apiBaseUrl)
    ? { authorization: `Bearer ${accessToken}` }
    : {};
  const response = await fetch(url, { headers }).catch((error: unknown) => {
    throw asConnectorError(error, 'Attachment', 'read');
  });
  if (response.status === 200) return bodyOf(response, 'Attachment');
  response.body.destroy();
  throw new ConnectorError(codeOfStatus(response.status, 'read'), `Attachment: WhatsApp answered ${response.status}`);
};
