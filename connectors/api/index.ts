import type { Channel, Connector, ConnectorContext, Health } from '@switchboard/contract';
import { healthOf } from '../kit/health-of.ts';
import { openFile } from '../kit/open-file.ts';
import { openSafeFetch } from '../kit/safe-fetch.ts';
import { apiCapabilities } from './capabilities.ts';
import { deliverToApi, post } from './deliver.ts';
import type { Delivering } from './deliver.ts';
import { apiGuide } from './guide.ts';
import { parseApi } from './parse.ts';
import { ApiSettings, exampleSettings } from './settings.ts';
import { verifyApi } from './verify.ts';

const checkApi = async (delivering: Delivering): Promise<Health> => {
  if (delivering.settings.deliverUrl === '') return { ok: true, detail: 'Tickets come in; no answers go out' };
  return healthOf(async () => {
    const at = delivering.context.now();
    await post(`ping-${at.getTime()}`, { type: 'ping', at: at.toISOString() }, delivering, 9_000);
    return { ok: true, detail: 'The receiver takes what we send' };
  });
};

const openApi = (settings: ApiSettings, context: ConnectorContext): Channel => {
  const allow = settings.deliverUrl === '' ? [] : [settings.deliverUrl];
  const apiFetch = openSafeFetch({ timeoutMs: 30_000, maxBytes: 100_000, allow });
  const mediaFetch = openSafeFetch({ timeoutMs: 60_000, maxBytes: 25_000_000, allow });
  const delivering = { settings, fetch: apiFetch, context };
  return {
    parse: parseApi,
    webhook: {
      verify: (request) => verifyApi(settings, request),
      proof: settings.token === undefined ? 'signature' : 'secret',
      reply: () => ({ status: 202, contentType: 'application/json', body: '{"ok":true}' }),
    },
    deliver: (command) => deliverToApi(command, delivering),
    openMedia: (source) => openFile(mediaFetch, source),
    check: () => checkApi(delivering),
    close: async () => void (await Promise.all([apiFetch.close(), mediaFetch.close()])),
  };
};

export const api: Connector<ApiSettings> = {
  id: 'api',
  channel: 'api',
  title: 'Your own channel',
  description: 'Tickets from your own systems, and any channel that you connect by webhooks, signed both ways.',
  settings: ApiSettings,
  exampleSettings,
  capabilities: apiCapabilities,
  guide: apiGuide,
  open: openApi,
};
