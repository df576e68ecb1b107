import type { Channel, Connector, ConnectorContext } from '@switchboard/contract';
import { openSafeFetch } from '../kit/safe-fetch.ts';
import { checkNumber } from './check-number.ts';
import { openClient } from './client.ts';
import { deliverSms } from './deliver-sms.ts';
import { openTwilioMedia } from './media.ts';
import { smsCapabilities } from './sms-capabilities.ts';
import { smsGuide } from './sms-guide.ts';
import { SmsSettings } from './sms-settings.ts';
import { parseSms, replyToSms, verifySms } from './sms.ts';

const openSms = (settings: SmsSettings, context: ConnectorContext): Channel => {
  const { apiBaseUrl, authToken } = settings;
  const allow = [apiBaseUrl];
  // Patient: giving up on a message leaves it to an agent to find out whether it went.
  const apiFetch = openSafeFetch({ timeoutMs: 30_000, maxBytes: 1_000_000, allow });
  const mediaFetch = openSafeFetch({ timeoutMs: 60_000, maxBytes: 25_000_000, allow });
  const client = openClient(settings, apiFetch, context.now);
  return {
    parse: parseSms,
    webhook: { verify: (request) => verifySms(authToken, request), reply: replyToSms },
    deliver: (command) => deliverSms(client, settings, context, command),
    openMedia: (source) => openTwilioMedia(settings, mediaFetch, source),
    check: () => checkNumber(client, settings, context.webhookUrl),
    close: async () => void (await Promise.all([apiFetch.close(), mediaFetch.close()])),
  };
};

export const twilioSms: Connector<SmsSettings> = {
  id: 'twilio-sms',
  channel: 'sms',
  title: 'SMS by Twilio',
  description: 'Text and picture messages on a phone number or messaging service of your Twilio account.',
  settings: SmsSettings,
  exampleSettings: {
    accountSid: 'AC00000000000000000000000000000001',
    authToken: 'example-auth-token',
    apiBaseUrl: 'https://api.twilio.com',
    from: '+15005550006',
  },
  capabilities: smsCapabilities,
  guide: smsGuide,
  open: openSms,
};
