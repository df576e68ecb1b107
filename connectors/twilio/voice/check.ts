import type { Health } from '@switchboard/contract';
import type { Twilio } from 'twilio';
import { healthOf } from '../../kit/health-of.ts';
import type { TwilioClient } from '../client.ts';
import { misdirected } from '../misdirected.ts';
import { linkTo } from './hooks.ts';
import type { VoiceSettings } from './settings.ts';

const wrong = (message: string): Health => ({ ok: false, code: 'rejected', message });

const numberProblems = async (twilio: Twilio, number: string, webhookUrl: string): Promise<string[]> => {
  const [found] = await twilio.incomingPhoneNumbers.list({ phoneNumber: number, limit: 1 });
  if (!found) return [`${number} is not a number of this Twilio account`];
  const { voiceApplicationSid, voiceUrl, voiceMethod, statusCallback, statusCallbackMethod, capabilities } = found;
  if (!capabilities.voice) return [`${number} cannot take calls`];
  if (voiceApplicationSid)
    return [`${number} is handed to a TwiML app: let its calls go to a webhook, ${linkTo(webhookUrl, '')}`];
  return [
    ...misdirected(`“A call comes in” of ${number}`, voiceUrl ?? '', voiceMethod, linkTo(webhookUrl, '')),
    ...misdirected(
      `“Call status changes” of ${number}`,
      statusCallback ?? '',
      statusCallbackMethod,
      linkTo(webhookUrl, 'status'),
    ),
  ];
};

const appProblems = async (twilio: Twilio, sid: string, webhookUrl: string): Promise<string[]> => {
  const apps = await twilio.applications.list({ limit: 1000 });
  const app = apps.find((one) => one.sid === sid);
  if (!app) return ['There is no such TwiML app in this Twilio account'];
  return misdirected(
    `The voice request URL of the TwiML app “${app.friendlyName}”`,
    app.voiceUrl ?? '',
    app.voiceMethod,
    linkTo(webhookUrl, 'agent'),
  );
};

/** Are the credentials good, and does Twilio know where to ask us? */
export const checkVoice = (
  client: TwilioClient,
  { accountSid, number, twimlAppSid }: VoiceSettings,
  webhookUrl: string,
): Promise<Health> =>
  healthOf(async () => {
    const twilio = await client();
    const { status, friendlyName } = await twilio.api.v2010.accounts(accountSid).fetch();
    if (status !== 'active') return { ok: false, code: 'unauthorised', message: `The Twilio account is ${status}` };
    const problems = [
      ...(await numberProblems(twilio, number, webhookUrl)),
      ...(await appProblems(twilio, twimlAppSid, webhookUrl)),
    ];
    return problems.length > 0 ? wrong(problems.join('. ')) : { ok: true, detail: `Twilio account “${friendlyName}”` };
  });
