import type { Readable } from 'node:stream';
import { openFile } from '../kit/open-file.ts';
import type { SafeFetch } from '../kit/safe-fetch.ts';
import { authorizationOf } from './account.ts';
import type { TwilioAccount } from './account.ts';

/** A picture of an MMS. https://www.twilio.com/docs/messaging/api/media-resource */
export const openTwilioMedia = (account: TwilioAccount, fetch: SafeFetch, source: string): Promise<Readable> =>
  openFile(fetch, source, {
    name: 'Twilio',
    apiBaseUrl: account.apiBaseUrl,
    hosts: /(^|\.)twilio\.com$/,
    authorization: authorizationOf(account),
  });
