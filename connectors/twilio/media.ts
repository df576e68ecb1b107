import type { Readable } from 'node:stream';
import { ConnectorError } from '@switchboard/contract';
import { asConnectorError, bodyOf, codeOfStatus } from '../kit/provider-error.ts';
import type { SafeFetch } from '../kit/safe-fetch.ts';
import { authorizationOf } from './account.ts';
import type { TwilioAccount } from './account.ts';

/** The token goes to Twilio alone. Where Twilio redirects to (its CDN) the fetch goes on without it. */
const isTwilio = ({ origin, protocol, hostname }: URL, apiBaseUrl: string): boolean =>
  origin === new URL(apiBaseUrl).origin || (protocol === 'https:' && /(^|\.)twilio\.com$/.test(hostname));

/** A picture of an MMS. https://www.twilio.com/docs/messaging/api/media-resource */
export const openTwilioMedia = async (account: TwilioAccount, fetch: SafeFetch, source: string): Promise<Readable> => {
  if (!URL.canParse(source)) throw new ConnectorError('rejected', 'The attachment has no valid address');
  const authorization = authorizationOf(account);
  const headers: Record<string, string> = isTwilio(new URL(source), account.apiBaseUrl) ? { authorization } : {};
  const response = await fetch(source, { headers }).catch((error: unknown) => {
    throw asConnectorError(error, 'Attachment', 'read');
  });
  if (response.status === 200) return bodyOf(response, 'Attachment');
  response.body.destroy();
  throw new ConnectorError(codeOfStatus(response.status, 'read'), `Attachment: Twilio answered ${response.status}`);
};
