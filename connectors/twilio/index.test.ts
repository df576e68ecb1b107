import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Channel, ContentPart, OutboundCommand } from '@switchboard/contract';
import { startFakeTwilio } from '../../tests/support/fake-twilio.ts';
import type { FakeTwilio } from '../../tests/support/fake-twilio.ts';
import { offlineContext } from '../kit/offline-context.ts';
import { twilioSms } from './index.ts';
import type { SmsSettings } from './sms-settings.ts';

const mediaId = '018f0000-0000-7000-8000-000000000009';
const send = (parts: ContentPart[], recipient = '+14155550100'): OutboundCommand => ({
  specVersion: 1,
  kind: 'message.send',
  commandId: '018f0000-0000-7000-8000-000000000001',
  channelAccountId: '018f0000-0000-7000-8000-000000000002',
  ticketId: '018f0000-0000-7000-8000-000000000003',
  messageId: '018f0000-0000-7000-8000-000000000004',
  thread: { externalId: recipient },
  recipient: { externalId: recipient },
  requestedBy: { type: 'agent', id: 'a1' },
  parts,
});
const hello: ContentPart[] = [{ type: 'text', text: 'Hello' }];

describe('SMS by Twilio', () => {
  let twilio: FakeTwilio;
  const open: Channel[] = [];
  const channel = (differences: Partial<SmsSettings> = {}): Channel => {
    const settings = { ...twilioSms.exampleSettings, apiBaseUrl: twilio.url, ...differences };
    const context = offlineContext({
      webhookUrl: 'https://hub.example/webhooks/acc',
      publicMediaUrl: (id) => `https://hub.example/media/${id}`,
      now: () => new Date('2026-03-02T10:00:00.000Z'),
    });
    open.push(twilioSms.open(settings, context));
    return open.at(-1) as Channel;
  };

  beforeEach(async () => {
    twilio = await startFakeTwilio(twilioSms.exampleSettings);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close?.()));
    await twilio.close();
    expect(twilio.problems).toEqual([]);
  });

  it('sends a text with the address for its status callbacks', async () => {
    const receipt = await channel().deliver(send(hello));
    expect(receipt).toEqual({ externalId: `SM${'1'.padStart(32, '0')}`, state: 'accepted' });
    expect(twilio.messages).toEqual([
      {
        To: '+14155550100',
        From: '+15005550006',
        Body: 'Hello',
        StatusCallback: 'https://hub.example/webhooks/acc/status',
      },
    ]);
  });

  it('sends attachments by their public address and captions as text', async () => {
    const media = { source: 'hub', mediaId };
    await channel().deliver(
      send([
        { type: 'text', text: 'Two files' },
        { type: 'media', media, caption: 'the first' },
        { type: 'media', media },
      ]),
    );
    const url = `https://hub.example/media/${mediaId}`;
    expect(twilio.messages[0]).toMatchObject({ Body: 'Two files\nthe first', MediaUrl: [url, url] });
  });

  it('lets a messaging service choose the number', async () => {
    const messagingServiceSid = `MG${'a'.repeat(32)}`;
    await channel({ from: undefined, messagingServiceSid }).deliver(send(hello));
    expect(twilio.messages[0]).toMatchObject({ MessagingServiceSid: messagingServiceSid });
    expect(twilio.messages[0]).not.toHaveProperty('From');
  });

  it.each([
    ['+49 170 1234567', '+491701234567'],
    ['(415) 555-0100', '+14155550100'],
    ['24273', '24273'],
  ])('writes to %s as %s', async (recipient, to) => {
    await channel({ from: '+12025550123' }).deliver(send(hello, recipient));
    expect(twilio.messages[0]).toMatchObject({ To: to });
  });

  it.each<[string, Parameters<FakeTwilio['next']>[0], object]>([
    ['a wrong token', { status: 401, body: { code: 20003, message: 'Authenticate' } }, { code: 'unauthorised' }],
    ['an invalid number', { status: 400, body: { code: 21211, message: "Invalid 'To'" } }, { code: 'rejected' }],
    [
      'a customer who said STOP',
      { status: 400, body: { code: 21610, message: 'Attempt to send to unsubscribed recipient' } },
      { code: 'rejected', message: expect.stringContaining('unsubscribed with STOP') },
    ],
    [
      'a refusal that we have no words for',
      { status: 400, body: { code: 29999, message: 'In Twilio’s words' } },
      { code: 'rejected', message: 'Twilio: In Twilio’s words (29999)' },
    ],
    [
      'too many requests',
      { status: 429, body: { code: 20429, message: 'Too Many Requests' }, headers: { 'retry-after': '7' } },
      { code: 'rate-limited', retryAfterMs: 7000 },
    ],
    ['a failure inside Twilio', { status: 500, body: '<html>' }, { code: 'unknown' }],
    ['an answer that breaks off', 'hang-up', { code: 'unknown' }],
    ['success in no words of Twilio’s', { status: 200, body: '<html>' }, { code: 'unknown' }],
  ])('names %s', async (_, answer, expected) => {
    twilio.next(answer);
    await expect(channel().deliver(send(hello))).rejects.toMatchObject({ name: 'ConnectorError', ...expected });
    expect(twilio.messages).toEqual([]);
  });

  it('may try again when no connection came about', async () => {
    const deaf = channel();
    await twilio.close();
    await expect(deaf.deliver(send(hello))).rejects.toMatchObject({ code: 'temporary' });
  });

  it.each<[string, OutboundCommand, object]>([
    ['a recipient that is no number', send(hello, 'Anna'), { code: 'rejected', message: 'Anna is not a phone number' }],
    ['a text of 1601 characters', send([{ type: 'text', text: 'a'.repeat(1601) }]), { code: 'rejected' }],
    ['a file that the hub does not hold', send([{ type: 'media', media: { source: 'x' } }]), { code: 'rejected' }],
    ['a place', send([{ type: 'location', latitude: 1, longitude: 2 }]), { code: 'unsupported' }],
  ])('refuses %s before it asks Twilio', async (_, command, expected) => {
    await expect(channel().deliver(command)).rejects.toMatchObject(expected);
    expect(twilio.messages).toEqual([]);
  });

  it('says whether the account is good', async () => {
    const detail = 'Twilio account “Fake”';
    expect(await channel({ messagingServiceSid: `MG${'0'.repeat(32)}` }).check()).toEqual({ ok: true, detail });
    expect(await channel().check()).toEqual({
      ok: true,
      detail,
      lacks: [
        '“A message comes in” of +15005550006 is not set: set it to https://hub.example/webhooks/acc. If it belongs to a messaging service, put that into the settings',
      ],
    });
    expect(await channel({ authToken: 'wrong' }).check()).toMatchObject({ ok: false, code: 'unauthorised' });
  });
});
