import type { Channel, Connector, ConnectorContext } from '@switchboard/contract';
import { openSafeFetch } from '../../kit/safe-fetch.ts';
import { checkAccount } from '../check-account.ts';
import { openClient } from '../client.ts';
import { openTwilioMedia } from '../media.ts';
import { replyToSms, verifySms } from '../sms.ts';
import { capabilities } from './capabilities.ts';
import { deliverWhatsApp } from './deliver.ts';
import { whatsAppGuide } from './guide.ts';
import { parseWhatsApp } from './parse.ts';
import { WhatsAppSettings } from './settings.ts';
import { listTemplates } from './templates.ts';

const open = (settings: WhatsAppSettings, context: ConnectorContext): Channel => {
  const { apiBaseUrl, contentBaseUrl, authToken, accountSid } = settings;
  const allow = [apiBaseUrl, contentBaseUrl];
  const apiFetch = openSafeFetch({ timeoutMs: 30_000, maxBytes: 5_000_000, allow });
  const mediaFetch = openSafeFetch({ timeoutMs: 60_000, maxBytes: 25_000_000, allow });
  const client = openClient(settings, apiFetch, context.now);
  return {
    parse: parseWhatsApp,
    webhook: { verify: (request) => verifySms(authToken, request), reply: replyToSms },
    deliver: (command) => deliverWhatsApp(client, settings, context, command),
    openMedia: (source) => openTwilioMedia(settings, mediaFetch, source),
    templates: () => listTemplates(settings, apiFetch, context.now),
    check: () => checkAccount(client, accountSid),
    close: async () => void (await Promise.all([apiFetch.close(), mediaFetch.close()])),
  };
};

export const twilioWhatsApp: Connector<WhatsAppSettings> = {
  id: 'twilio-whatsapp',
  channel: 'whatsapp',
  title: 'WhatsApp by Twilio',
  description: 'A WhatsApp sender of your Twilio account, with its content templates.',
  settings: WhatsAppSettings,
  exampleSettings: {
    accountSid: 'AC00000000000000000000000000000001',
    authToken: 'example-auth-token',
    apiBaseUrl: 'https://api.twilio.com',
    from: '+15005550006',
    contentBaseUrl: 'https://content.twilio.com',
  },
  capabilities,
  guide: whatsAppGuide,
  open,
};
