import type { Channel, Connector, ConnectorContext } from '@switchboard/contract';
import { z } from 'zod';
import { openSafeFetch } from '../../kit/safe-fetch.ts';
import { checkMeta } from '../check.ts';
import { openGraph } from '../graph.ts';
import { replyToMeta, verifyMeta } from '../webhook.ts';
import { capabilities } from './capabilities.ts';
import { deliverWhatsApp } from './deliver/deliver.ts';
import { whatsAppGuide } from './guide.ts';
import { openWhatsAppMedia } from './media.ts';
import { parseWhatsApp } from './parse/parse-whatsapp.ts';
import { WhatsAppSettings } from './settings.ts';
import { listTemplates } from './templates.ts';

const Number = z.object({ verified_name: z.string().default(''), display_phone_number: z.string().default('') });

const permissions = {
  whatsapp_business_messaging: 'to answer',
  whatsapp_business_management: 'to read templates and to connect',
};

const open = (settings: WhatsAppSettings, context: ConnectorContext): Channel => {
  const { phoneNumberId, businessAccountId, verifyToken } = settings;
  const allow = [settings.apiBaseUrl];
  const apiFetch = openSafeFetch({ timeoutMs: 30_000, maxBytes: 5_000_000, allow });
  const mediaFetch = openSafeFetch({ timeoutMs: 60_000, maxBytes: 105_000_000, allow });
  const graph = openGraph(settings, apiFetch, context.now);
  const describe = async (): Promise<string> => {
    const number = await graph.get(phoneNumberId, { fields: 'verified_name,display_phone_number' });
    const { verified_name, display_phone_number } = Number.parse(number);
    return `${verified_name} ${display_phone_number}`.trim();
  };
  return {
    parse: parseWhatsApp,
    webhook: { verify: (request) => verifyMeta(settings, request), reply: replyToMeta },
    deliver: (command) => deliverWhatsApp(graph, phoneNumberId, context, command),
    openMedia: (source) => openWhatsAppMedia(graph, mediaFetch, settings, source),
    templates: () => listTemplates(graph, businessAccountId),
    check: () =>
      checkMeta(graph, settings, { describe, permissions, subscribedAt: `${businessAccountId}/subscribed_apps` }),
    connect: async () => {
      // https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
      const override = { override_callback_uri: context.webhookUrl, verify_token: verifyToken };
      await graph.post(`${businessAccountId}/subscribed_apps`, override);
      return 'WhatsApp sends the account’s messages here now.';
    },
    close: async () => void (await Promise.all([apiFetch.close(), mediaFetch.close()])),
  };
};

export const metaWhatsApp: Connector<WhatsAppSettings> = {
  id: 'meta-whatsapp',
  channel: 'whatsapp',
  title: 'WhatsApp by Meta',
  description: 'A WhatsApp number on Meta’s Cloud API, with templates, forms and receipts.',
  settings: WhatsAppSettings,
  exampleSettings: {
    phoneNumberId: '106540352242922',
    businessAccountId: '102290129340398',
    appId: '670843887433847',
    appSecret: 'example-app-secret',
    verifyToken: 'example-verify-token',
    accessToken: 'example-access-token',
    apiBaseUrl: 'https://graph.facebook.com',
  },
  capabilities,
  guide: whatsAppGuide,
  open,
};
