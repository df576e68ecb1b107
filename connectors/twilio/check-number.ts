import type { Health } from '@switchboard/contract';
import { healthOf } from '../kit/health-of.ts';
import { checkAccount } from './check-account.ts';
import type { TwilioClient } from './client.ts';
import { misdirected } from './misdirected.ts';
import type { SmsSettings } from './sms-settings.ts';

/** What the number lacks for messages. A messaging service says itself where they go, and short codes are not in the list. */
const lacksOf = async (client: TwilioClient, number: string, webhookUrl: string): Promise<string[]> => {
  const [found] = await (await client()).incomingPhoneNumbers.list({ phoneNumber: number, limit: 1 });
  if (!found) return [`${number} is not a number of this Twilio account`];
  const { capabilities, smsApplicationSid, smsUrl, smsMethod } = found;
  if (!capabilities.sms) return [`${number} cannot send or take text messages`];
  if (smsApplicationSid)
    return [`${number} hands its messages to a TwiML app: let them go to a webhook, ${webhookUrl}`];
  const wrong = misdirected(`“A message comes in” of ${number}`, smsUrl ?? '', smsMethod, webhookUrl);
  return wrong.map((one) => `${one}. If it belongs to a messaging service, put that into the settings`);
};

/** The account, and whether Twilio brings here what comes in for the number. */
export const checkNumber = (
  client: TwilioClient,
  { accountSid, from, messagingServiceSid }: SmsSettings,
  webhookUrl: string,
): Promise<Health> =>
  healthOf(async () => {
    const health = await checkAccount(client, accountSid);
    if (!health.ok || !from?.startsWith('+') || messagingServiceSid) return health;
    return { ...health, lacks: await lacksOf(client, from, webhookUrl) };
  });
