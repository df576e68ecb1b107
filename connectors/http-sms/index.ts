import type { Channel, Connector, ConnectorContext } from '@switchboard/contract';
import { openFile } from '../kit/open-file.ts';
import { openSafeFetch } from '../kit/safe-fetch.ts';
import { gatewayCapabilities } from './capabilities.ts';
import { checkGateway } from './check.ts';
import { deliverByGateway } from './deliver.ts';
import { httpSmsGuide } from './guide.ts';
import { parseGateway } from './parse.ts';
import { HttpSmsSettings } from './settings.ts';
import { verifyGateway } from './verify.ts';

/** An address with placeholders where its host should be is no origin to trust. */
const originsOf = ({ send, checkUrl }: HttpSmsSettings): string[] =>
  [send.url, checkUrl].filter((url) => URL.canParse(url)).map((url) => new URL(url).origin);

const openGateway = (settings: HttpSmsSettings, context: ConnectorContext): Channel => {
  const apiFetch = openSafeFetch({ timeoutMs: 30_000, maxBytes: 1_000_000, allow: originsOf(settings) });
  const mediaFetch = openSafeFetch({ timeoutMs: 60_000, maxBytes: 25_000_000 });
  return {
    parse: (request) => parseGateway(request, settings),
    webhook: {
      verify: (request) => verifyGateway(settings.proof, request),
      proof: settings.proof.by === 'hmac' ? 'signature' : 'secret',
      // Words in the answer would be sent to the customer by some gateways.
      reply: () => ({ status: 200 }),
    },
    deliver: (command) => deliverByGateway(command, { settings, fetch: apiFetch, context }),
    openMedia: (source) => openFile(mediaFetch, source),
    check: () => checkGateway(settings, apiFetch, context.webhookUrl),
    close: async () => void (await Promise.all([apiFetch.close(), mediaFetch.close()])),
  };
};

export const httpSms: Connector<HttpSmsSettings> = {
  id: 'sms-http',
  channel: 'sms',
  title: 'SMS by another gateway',
  description: 'Any SMS gateway with an HTTP interface, described by its settings.',
  settings: HttpSmsSettings,
  exampleSettings: {
    from: '+15005550006',
    apiKey: 'example-key',
    apiSecret: 'example-secret',
    send: {
      method: 'POST',
      url: 'https://api.gateway.example/messages',
      headers: { Authorization: 'Bearer {apiSecret}' },
      format: 'json',
      body: '{"from": "{from}", "to": "{to}", "text": "{text}", "reference": "{id}", "report": "{statusUrl}"}',
      idPath: 'message.id',
      okPath: '',
      okValues: [],
      busyValues: [],
      errorPath: 'error.message',
    },
    receive: { listPath: '', from: 'from', text: 'text', id: 'id', media: 'media' },
    report: {
      listPath: '',
      id: 'id',
      status: 'status',
      reason: 'error.message',
      states: { queued: 'accepted', sent: 'sent', delivered: 'delivered', undeliverable: 'failed' },
    },
    proof: {
      by: 'hmac',
      header: 'X-Signature',
      secret: 'example-signing-secret',
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: 'sha256=',
      content: '{timestamp}.{body}',
      timestampHeader: 'X-Timestamp',
    },
    checkUrl: 'https://api.gateway.example/balance',
  },
  capabilities: gatewayCapabilities,
  guide: httpSmsGuide,
  open: openGateway,
};
