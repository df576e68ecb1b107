import { randomBytes } from 'node:crypto';
import type { ExchangeOptions } from '../../connectors/simulator/voice/exchange.ts';
import { startFakeTwilioVoice, type FakeTwilioVoice } from '../../connectors/simulator/voice/fake-twilio-voice.ts';
import type { TestHub } from './hub.ts';

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** A phone number of a hub: its simulated Twilio, the callers, and what agents' browsers speak to. */
export class VoiceLine {
  readonly accountId: string;
  readonly twilio: FakeTwilioVoice;
  /** What did not go as it should. Empty is good. */
  readonly problems: readonly string[];

  private constructor(accountId: string, twilio: FakeTwilioVoice, problems: readonly string[]) {
    this.accountId = accountId;
    this.twilio = twilio;
    this.problems = problems;
  }

  /** A second of a call takes 15 ms unless `options` say more. */
  static async of(
    hub: Pick<TestHub, 'admin' | 'url'>,
    options: Omit<ExchangeOptions, 'problem'> = {},
  ): Promise<VoiceLine> {
    const problems: string[] = [];
    const account = {
      accountSid: `AC${hex(16)}`,
      authToken: hex(16),
      number: '+15550006677',
      apiKeySid: `SK${hex(16)}`,
      apiKeySecret: hex(16),
      twimlAppSid: `AP${hex(16)}`,
    };
    const told = { msPerSecond: 15, ...options, problem: (what: string) => void problems.push(what) };
    const twilio = await startFakeTwilioVoice(account, told);
    const { id } = await hub.admin.call('channelAccounts.create', {
      body: { connectorId: 'twilio-voice', name: 'Phone', settings: twilio.settings },
    });
    twilio.exchange.reach(`${hub.url}/webhooks/${id}`);
    return new VoiceLine(id, twilio, problems);
  }
}
