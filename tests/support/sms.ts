import { randomBytes } from 'node:crypto';
import { startFakeTwilio, twilioSignature, type FakeTwilio } from './fake-twilio.ts';
import type { TestHub } from './hub.ts';

/** An SMS account of a hub, its provider, and the customers' phones. */
export class SmsLine {
  readonly accountId: string;
  readonly provider: FakeTwilio;
  private readonly credentials: { accountSid: string; authToken: string };

  private constructor(accountId: string, provider: FakeTwilio, credentials: { accountSid: string; authToken: string }) {
    this.accountId = accountId;
    this.provider = provider;
    this.credentials = credentials;
  }

  static async of(hub: Pick<TestHub, 'admin'>): Promise<SmsLine> {
    const credentials = {
      accountSid: `AC${randomBytes(16).toString('hex')}`,
      authToken: randomBytes(16).toString('hex'),
    };
    const provider = await startFakeTwilio(credentials);
    const settings = { ...credentials, from: '+15550006666', apiBaseUrl: provider.url };
    const { id } = await hub.admin.call('channelAccounts.create', {
      body: { connectorId: 'twilio-sms', name: 'SMS', settings },
    });
    return new SmsLine(id, provider, credentials);
  }

  static newSid = (): string => `SM${randomBytes(16).toString('hex')}`;

  /** A customer's text as the provider posts it to `hubUrl`; gives the answer's status. */
  async receives(hubUrl: string, from: string, body: string, sid = SmsLine.newSid()): Promise<number> {
    return this.post(hubUrl, '', {
      MessageSid: sid,
      From: from,
      To: '+15550006666',
      Body: body,
      NumMedia: '0',
      NumSegments: '1',
    });
  }

  /** The provider's word on a message of ours. */
  async reports(hubUrl: string, sid: string, status: string): Promise<number> {
    return this.post(hubUrl, '/status', {
      MessageSid: sid,
      MessageStatus: status,
      To: '+15551112222',
      From: '+15550006666',
    });
  }

  private async post(hubUrl: string, path: string, fields: Record<string, string>): Promise<number> {
    const url = `${hubUrl}/webhooks/${this.accountId}${path}`;
    const form = new URLSearchParams({ AccountSid: this.credentials.accountSid, ...fields });
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': twilioSignature(this.credentials.authToken, url, form),
      },
      body: form.toString(),
    });
    await response.arrayBuffer();
    return response.status;
  }
}
