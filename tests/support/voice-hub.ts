import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type {
  CallChange,
  CallControl,
  CallStep,
  CallTurn,
  Channel,
  NormalisedEvent,
  OutboundCommand,
} from '@switchboard/contract';
import { offlineContext } from '../../connectors/kit/offline-context.ts';
import { startFakeTwilioVoice, type FakeTwilioVoice } from '../../connectors/simulator/voice/fake-twilio-voice.ts';
import type { ExchangeOptions } from '../../connectors/simulator/voice/exchange.ts';
import { twilioVoice } from '../../connectors/twilio/voice/index.ts';

export type Script = (turn: CallTurn) => CallStep | Promise<CallStep>;

/** A hub of nothing but webhooks and a script, around the real connector, with the simulated Twilio at its other side. */
export class VoiceHub {
  readonly twilio: FakeTwilioVoice;
  readonly channel: Channel;
  readonly turns: CallTurn[] = [];
  /** Each once, as ingress would hand them on. */
  readonly events: Extract<NormalisedEvent, { kind: 'call.changed' }>[] = [];
  readonly problems: string[];
  readonly errors: object[];
  script: Script = () => ({ does: 'hang-up', say: [] });
  readonly #stop: () => Promise<void>;

  private constructor(
    twilio: FakeTwilioVoice,
    channel: Channel,
    problems: string[],
    errors: object[],
    stop: () => Promise<void>,
  ) {
    this.twilio = twilio;
    this.channel = channel;
    this.problems = problems;
    this.errors = errors;
    this.#stop = stop;
  }

  static async start(options: Omit<ExchangeOptions, 'problem'> = {}): Promise<VoiceHub> {
    const problems: string[] = [];
    const errors: object[] = [];
    const { accountSid, authToken, number, apiKeySid, apiKeySecret, twimlAppSid } = twilioVoice.exampleSettings;
    const account = { accountSid, authToken, number, apiKeySid, apiKeySecret, twimlAppSid };
    const twilio = await startFakeTwilioVoice(account, {
      msPerSecond: 15,
      ...options,
      problem: (what) => problems.push(what),
    });
    const server = createServer((request, response) => {
      void (async () => {
        const path = request.url ?? '';
        const url = `${webhookUrl}${path.replace(/^\/hook/, '')}`;
        const hook = /^\/hook\/(\w+)/.exec(path)?.[1] ?? '';
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        );
        const raw = {
          method: request.method ?? '',
          url,
          hook,
          headers,
          rawBody: await buffer(request),
          receivedAt: new Date(),
        };
        const verified = channel.webhook?.verify(raw);
        if (!verified?.ok) return void response.writeHead(403).end();
        await hub.#take(await channel.parse(verified.request));
        const reply = await channel.webhook?.reply(verified.request);
        response.writeHead(reply?.status ?? 500, { 'content-type': reply?.contentType }).end(reply?.body);
      })().catch((error: unknown) => {
        problems.push(String(error));
        response.writeHead(500).end();
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const webhookUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const context = offlineContext({
      webhookUrl,
      nextStep: async (turn) => {
        hub.turns.push(turn);
        return hub.script(turn);
      },
      log: {
        info: () => undefined,
        warn: () => undefined,
        error: (message, fields) => void errors.push({ message, ...fields }),
      },
    });
    const channel = twilioVoice.open(twilioVoice.settings.parse(twilio.settings), context);
    twilio.exchange.reach(webhookUrl);
    const hub: VoiceHub = new VoiceHub(twilio, channel, problems, errors, async () => {
      await twilio.close();
      await channel.close?.();
      await new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      });
    });
    return hub;
  }

  control(control: CallControl, about: { callExternalId?: string; customer?: string } = {}): Promise<string> {
    const command: OutboundCommand = {
      specVersion: 1,
      kind: 'call.control',
      commandId: crypto.randomUUID(),
      channelAccountId: '018f0000-0000-7000-8000-000000000002',
      ticketId: '018f0000-0000-7000-8000-000000000003',
      thread: { externalId: about.customer ?? '' },
      recipient: { externalId: about.customer ?? '' },
      requestedBy: { type: 'agent', id: 'a1' },
      ...(about.callExternalId && { callExternalId: about.callExternalId }),
      control,
    };
    return this.channel.deliver(command).then(({ externalId }) => externalId);
  }

  changes(): CallChange[] {
    return this.events.map(({ call }) => call);
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  async #take(events: readonly NormalisedEvent[]): Promise<void> {
    for (const event of events) {
      if (event.kind !== 'call.changed') continue;
      if (!this.events.some(({ dedupeKey }) => dedupeKey === event.dedupeKey)) this.events.push(event);
    }
  }
}
