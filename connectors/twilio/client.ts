import type { Twilio } from 'twilio';
import type { SafeFetch } from '../kit/safe-fetch.ts';
import type { TwilioAccount } from './account.ts';

export type TwilioClient = () => Promise<Twilio>;

/** The `twilio` client over our own fetch, loaded when first needed. Its calls throw ConnectorErrors. */
export const openClient = (account: TwilioAccount, fetch: SafeFetch, now: () => Date): TwilioClient => {
  let client: Promise<Twilio> | undefined;
  const load = async (): Promise<Twilio> => (await import('./twilio-http.ts')).connect(account, fetch, now);
  return () => (client ??= load());
};
