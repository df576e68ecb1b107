import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { startFakeTwilio, twilioSignature, type FakeTwilio } from './fake-twilio.ts';
import type { TestHub } from './hub.ts';

const MOST_TRIES = 200;
const AGAIN_MS = 150;

/** An SMS account of a hub, its provider, and the customers' phones. */
export class SmsLine {
  readonly accountId: string;
  readonly provider: FakeTwilio;
  readonly credentials: { accountSid: string; authToken: string };

  private constructor(accountId: string, provider: FakeTwilio, credentials: { accountSid: string; authToken: string }) {
    this.accountId = accountId;
    this.provider = provider;
    this.credentials = credentials;
  }

  /** `id`: the account's, where the hub has given it before. */
  static async of(hub: Pick<TestHub, 'admin'>, id?: string): Promise<SmsLine> {
    const credentials = {
      accountSid: `AC${randomBytes(16).toString('hex')}`,
      authToken: randomBytes(16).toString('hex'),
    };
    const provider = await startFakeTwilio(credentials);
    const settings = { ...credentials, from: '+15550006666', apiBaseUrl: provider.url };
    const account = await hub.admin.call('channelAccounts.create', {
      body: { connectorId: 'twilio-sms', name: 'SMS', settings, ...(id !== undefined && { id }) },
    });
    return new SmsLine(account.id, provider, credentials);
  }

  static newSid = (): string => `SM${randomBytes(16).toString('hex')}`;

  /** A customer's text as the provider posts it to `hubUrl`, until it is taken or refused for good; gives the last answer's status. */
  receives(
    hubUrl: string,
    from: string,
    body: string,
    sid = SmsLine.newSid(),
    files: { url: string; mimeType: string }[] = [],
  ): Promise<number> {
    return untilTaken(() => this.receivesOnce(hubUrl, from, body, sid, files));
  }

  /** The provider's first try alone; a hub that is full answers it with 503. */
  receivesOnce(
    hubUrl: string,
    from: string,
    body: string,
    sid: string,
    files: { url: string; mimeType: string }[] = [],
  ): Promise<number> {
    return this.post(hubUrl, '', {
      MessageSid: sid,
      From: from,
      To: '+15550006666',
      Body: body,
      NumMedia: String(files.length),
      NumSegments: '1',
      ...Object.fromEntries(
        files.flatMap(({ url, mimeType }, at) => [
          [`MediaUrl${at}`, url],
          [`MediaContentType${at}`, mimeType],
        ]),
      ),
    });
  }

  /** A text that is signed with another account's token; gives the status of the answer. */
  forges(hubUrl: string, from: string, body: string): Promise<number> {
    return new SmsLine(this.accountId, this.provider, {
      ...this.credentials,
      authToken: randomBytes(16).toString('hex'),
    }).receives(hubUrl, from, body);
  }

  /** The provider's word on a message of ours. */
  reports(hubUrl: string, sid: string, status: string, to = '+15551112222', errorCode?: string): Promise<number> {
    const fields = { MessageSid: sid, MessageStatus: status, To: to, From: '+15550006666' };
    const told = { ...fields, ...(errorCode !== undefined && { ErrorCode: errorCode }) };
    return untilTaken(() => this.post(hubUrl, '/status', told));
  }

  /** What a phone got from us, in order. */
  sentTo(phone: string): string[] {
    return this.provider.messages.filter(({ To }) => To === phone).map(({ Body }) => String(Body));
  }

  /** The provider's id of the message with these words. */
  sidOf(words: string): string {
    const at = this.provider.messages.findIndex(({ Body }) => Body === words);
    if (at < 0) throw new Error(`The provider has not taken: ${words}`);
    return `SM${(at + 1).toString(16).padStart(32, '0')}`;
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

/** As a provider does it: who is asked to come again (a hub that is full) comes again. */
async function untilTaken(post: () => Promise<number>): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const status = await post();
    if (status !== 503 || tries === MOST_TRIES) return status;
    await delay(AGAIN_MS);
  }
}
