import type { Channel, Connector, ConnectorContext } from '@switchboard/contract';
import { openSafeFetch } from '../kit/safe-fetch.ts';
import { slackCapabilities } from './capabilities.ts';
import { checkSlack } from './check.ts';
import { noToken, openClient } from './client.ts';
import { deliverSlack } from './deliver.ts';
import { slackGuide } from './guide.ts';
import { deskKind, openDesk } from './desk/desk.ts';
import { installKind, openInstall } from './install.ts';
import { openSlackMedia } from './media.ts';
import { parseSlack, replyToSlack } from './parse.ts';
import { openPeople } from './people.ts';
import { exampleSettings, SlackSettings } from './settings.ts';
import { listenToSlack } from './socket.ts';
import { verifySlack } from './verify.ts';

const openSlack = (settings: SlackSettings, context: ConnectorContext): Channel => {
  const { apiBaseUrl, appToken, channels, clientId, clientSecret, signingSecret } = settings;
  // Who installs it anew means the token of that.
  const botToken = context.grant?.accessToken ?? settings.botToken;
  const allow = [apiBaseUrl];
  const apiFetch = openSafeFetch({ timeoutMs: 30_000, maxBytes: 2_000_000, allow });
  const mediaFetch = openSafeFetch({ timeoutMs: 60_000, maxBytes: 25_000_000, allow });
  const client = openClient(botToken, apiBaseUrl, apiFetch);
  return {
    parse: (request) => parseSlack(request, { channels, desks: context.desks }),
    ...(signingSecret && {
      webhook: { verify: (request) => verifySlack(signingSecret, request), reply: replyToSlack },
    }),
    fetches: true,
    ...(appToken && { listen: (signal) => listenToSlack({ appToken, apiBaseUrl }, context, signal) }),
    ...(botToken && { enrich: openPeople(client, () => context.now()) }),
    deliver: (command) => deliverSlack(command, { client, fetch: mediaFetch, settings, context }),
    check: () => checkSlack(client, { ...settings, desks: context.desks }),
    openMedia: (source) => openSlackMedia({ botToken, apiBaseUrl }, client, mediaFetch, source),
    desk: openDesk({ client, fetch: mediaFetch, context }),
    ...(clientId &&
      clientSecret && {
        install: openInstall({ clientId, clientSecret, apiBaseUrl }, openClient(noToken, apiBaseUrl, apiFetch), () =>
          context.now(),
        ),
      }),
    close: async () => void (await Promise.all([apiFetch.close(), mediaFetch.close()])),
  };
};

export const slack: Connector<SlackSettings> = {
  id: 'slack',
  channel: 'slack',
  title: 'Slack',
  description: 'Channels and direct messages of a Slack workspace: each thread is a conversation.',
  settings: SlackSettings,
  exampleSettings,
  capabilities: slackCapabilities,
  guide: slackGuide,
  desk: deskKind,
  install: installKind,
  open: openSlack,
};
