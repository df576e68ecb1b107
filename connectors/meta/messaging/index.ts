import type { Channel, Connector, ConnectorContext } from '@switchboard/contract';
import { z } from 'zod';
import { openFile } from '../../kit/open-file.ts';
import { openSafeFetch } from '../../kit/safe-fetch.ts';
import { checkMeta } from '../check.ts';
import { openGraph } from '../graph.ts';
import { replyToMeta, verifyMeta } from '../webhook.ts';
import { forADay, instagramCapabilities, messengerCapabilities } from './capabilities.ts';
import { deliverMessaging } from './deliver/deliver.ts';
import { instagramGuide, messengerGuide } from './guides.ts';
import { parseMessaging, type Sort } from './parse/parse-messaging.ts';
import { openProfiles } from './people.ts';
import { InstagramSettings, MessengerSettings, type MessagingSettings } from './settings.ts';

const Me = z.object({ name: z.string().optional(), username: z.string().optional(), id: z.string().optional() });
const fields =
  'messages,messaging_postbacks,message_deliveries,message_reads,message_echoes,message_reactions,message_edits,messaging_referrals,messaging_optins,standby';

const pagePermissions = { pages_manage_metadata: 'to be told of messages' };
const messengerPermissions = { ...pagePermissions, pages_messaging: 'to answer' };
const instagramPermissions = { ...pagePermissions, instagram_manage_messages: 'to read and answer messages' };

const openAs =
  (kind: Omit<Sort, 'appId'>) =>
  (settings: MessagingSettings, context: ConnectorContext): Channel => {
    const sort: Sort = { ...kind, appId: settings.appId };
    const allow = [settings.apiBaseUrl];
    const apiFetch = openSafeFetch({ timeoutMs: 30_000, maxBytes: 1_000_000, allow });
    // Attachments are at signed addresses, which need no token.
    const mediaFetch = openSafeFetch({ timeoutMs: 60_000, maxBytes: 30_000_000, allow });
    const graph = openGraph(settings, apiFetch, context.now);
    const isInstagram = kind.object === 'instagram';
    const describe = async (): Promise<string> => {
      const me = Me.parse(await graph.get('me', { fields: isInstagram ? 'username' : 'name' }));
      return me.name ?? (me.username ? `@${me.username}` : kind.name);
    };
    // Instagram's own tokens are not of the kind that debug_token knows.
    const hasPageToken = settings.apiBaseUrl !== 'https://graph.instagram.com';
    const permissions = hasPageToken ? (isInstagram ? instagramPermissions : messengerPermissions) : null;
    const capabilities = isInstagram ? instagramCapabilities : messengerCapabilities;
    return {
      capabilities: settings.humanAgent ? capabilities : forADay(capabilities),
      parse: (request) => parseMessaging(request, sort),
      webhook: { verify: (request) => verifyMeta(settings, request), reply: replyToMeta },
      deliver: (command) => deliverMessaging({ graph, sort, settings, context }, command),
      openMedia: (source) => openFile(mediaFetch, source),
      enrich: openProfiles(graph, sort, context.now),
      check: () => checkMeta(graph, settings, { describe, permissions, subscribedAt: 'me/subscribed_apps' }),
      connect: async () => {
        await graph.post('me/subscribed_apps', { subscribed_fields: fields });
        return `${kind.name} tells the app of messages now. The webhook address is entered once, on the app’s own page.`;
      },
      close: async () => void (await Promise.all([apiFetch.close(), mediaFetch.close()])),
    };
  };

const exampleSettings = {
  appId: '670843887433847',
  appSecret: 'example-app-secret',
  verifyToken: 'example-verify-token',
  accessToken: 'example-access-token',
  humanAgent: false,
};

export const metaMessenger: Connector<MessagingSettings> = {
  id: 'meta-messenger',
  channel: 'messenger',
  title: 'Messenger',
  description: 'Messages to your Facebook page.',
  settings: MessengerSettings,
  exampleSettings: { ...exampleSettings, apiBaseUrl: 'https://graph.facebook.com' },
  capabilities: messengerCapabilities,
  guide: messengerGuide,
  open: openAs({ object: 'page', name: 'Messenger' }),
};

export const metaInstagram: Connector<MessagingSettings> = {
  id: 'meta-instagram',
  channel: 'instagram',
  title: 'Instagram',
  description: 'Direct messages, story replies and mentions of your Instagram account.',
  settings: InstagramSettings,
  exampleSettings: { ...exampleSettings, apiBaseUrl: 'https://graph.instagram.com' },
  capabilities: instagramCapabilities,
  guide: instagramGuide,
  open: openAs({ object: 'instagram', name: 'Instagram' }),
};
