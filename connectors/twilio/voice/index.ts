import type { Channel, Connector, ConnectorContext, RawRequest, Verification } from '@switchboard/contract';
import { openSafeFetch } from '../../kit/safe-fetch.ts';
import { openClient } from '../client.ts';
import { openTwilioMedia } from '../media.ts';
import { verifySignature } from '../signature.ts';
import { agentLineOf } from './agent-line.ts';
import { voiceCapabilities } from './capabilities.ts';
import { checkVoice } from './check.ts';
import { deliverCall } from './deliver.ts';
import { voiceGuide } from './guide.ts';
import { hooks } from './hooks.ts';
import { parseVoice } from './parse.ts';
import { replyToVoice } from './reply.ts';
import { VoiceSettings } from './settings.ts';

const verifyVoice = (authToken: string, request: RawRequest): Verification =>
  (hooks as readonly string[]).includes(request.hook)
    ? verifySignature(authToken, request)
    : { ok: false, status: 404, reason: `No hook "${request.hook}"; there are: ${hooks.filter(Boolean).join(', ')}` };

const openVoice = (settings: VoiceSettings, context: ConnectorContext): Channel => {
  const { apiBaseUrl, authToken } = settings;
  const allow = [apiBaseUrl];
  // Somebody waits at the phone: a call that takes longer is told to the agent as uncertain.
  const apiFetch = openSafeFetch({ timeoutMs: 10_000, maxBytes: 1_000_000, allow });
  const mediaFetch = openSafeFetch({ timeoutMs: 60_000, maxBytes: 100_000_000, allow });
  const client = openClient(settings, apiFetch, context.now);
  return {
    parse: parseVoice,
    webhook: {
      verify: (request) => verifyVoice(authToken, request),
      reply: (request) => replyToVoice(request, settings, context),
    },
    deliver: (command) => deliverCall(client, settings, context, command),
    openMedia: (source) => openTwilioMedia(settings, mediaFetch, source),
    agentLine: async (agentId) => agentLineOf(settings, context, agentId),
    check: () => checkVoice(client, settings, context.webhookUrl),
    close: async () => void (await Promise.all([apiFetch.close(), mediaFetch.close()])),
  };
};

export const twilioVoice: Connector<VoiceSettings> = {
  id: 'twilio-voice',
  channel: 'voice',
  title: 'Phone by Twilio',
  description: 'Calls to and from a phone number of your Twilio account, taken in the browser.',
  settings: VoiceSettings,
  exampleSettings: {
    accountSid: 'AC00000000000000000000000000000001',
    authToken: 'example-auth-token',
    apiBaseUrl: 'https://api.twilio.com',
    number: '+15005550006',
    apiKeySid: 'SK00000000000000000000000000000001',
    apiKeySecret: 'example-api-key-secret',
    twimlAppSid: 'AP00000000000000000000000000000001',
    language: 'en-US',
  },
  capabilities: voiceCapabilities,
  guide: voiceGuide,
  // The softphone's own, and that of the simulated telephone on this very machine.
  connects: ['https://*.twilio.com', 'wss://*.twilio.com', 'http://127.0.0.1:*', 'http://localhost:*'],
  open: openVoice,
};
