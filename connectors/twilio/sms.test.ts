import { describe, expect, it } from '@jest/globals';
import { vouch } from '../kit/vouch.ts';
import { parseSms, replyToSms } from './sms.ts';

const sid = `SM${'a1'.repeat(16)}`;
const receivedAt = new Date('2026-03-02T10:00:00.000Z');
const parse = (fields: Record<string, string>, hook = '') => {
  const rawBody = Buffer.from(new URLSearchParams(fields).toString());
  return parseSms(vouch({ method: 'POST', url: 'https://hub.example/a', hook, headers: {}, rawBody, receivedAt }));
};
const sms = { MessageSid: sid, From: '+14155550100', To: '+15005550006', NumMedia: '0' };
const state = { MessageSid: sid, From: '+15005550006', To: '+14155550100' };

describe('parseSms', () => {
  it('keys the thread on the customer and the duplicate on Twilio’s id', () => {
    expect(parse({ ...sms, Body: 'Hi' })).toEqual([
      {
        kind: 'message.received',
        dedupeKey: sid,
        thread: { externalId: '+14155550100', shape: 'direct' },
        occurredAt: '2026-03-02T10:00:00.000Z',
        sender: { externalId: '+14155550100', handles: [{ type: 'phone', value: '+14155550100' }] },
        message: { externalId: sid, parts: [{ type: 'text', text: 'Hi' }] },
      },
    ]);
  });

  it.each([
    ['STOP', 'withdrawn'],
    [' stop\n', 'withdrawn'],
    ['StopAll', 'withdrawn'],
    ['UNSUBSCRIBE', 'withdrawn'],
    ['start', 'granted'],
    ['UNSTOP', 'granted'],
  ])('takes %j for a message and for consent %s', (Body, consent) => {
    const events = parse({ ...sms, Body });
    expect(events.map(({ kind }) => kind)).toEqual(['message.received', 'consent.changed']);
    expect(events[1]).toMatchObject({ dedupeKey: `${sid}:consent`, consent });
  });

  it('believes Twilio’s Advanced Opt-Out about other words', () => {
    expect(parse({ ...sms, Body: 'Basta', OptOutType: 'STOP' })[1]).toMatchObject({
      consent: 'withdrawn',
      reason: 'STOP',
    });
    expect(parse({ ...sms, Body: 'Yes', OptOutType: 'START' })[1]).toMatchObject({ consent: 'granted' });
    expect(parse({ ...sms, Body: 'Aiuto', OptOutType: 'HELP' })).toHaveLength(1);
  });

  it.each(['Please stop calling', 'yes', 'constructor', 'toString', 'The end'])(
    'takes %j for a message alone',
    (Body) => {
      expect(parse({ ...sms, Body })).toHaveLength(1);
    },
  );

  it('keeps every picture of an MMS, in order', () => {
    const pictures = Array.from({ length: 10 }, (_, n) => [
      [`MediaUrl${n}`, `https://api.twilio.com/media/${n}`],
      [`MediaContentType${n}`, 'image/jpeg'],
    ]).flat();
    const [event] = parse({ ...sms, Body: '', NumMedia: '10', ...Object.fromEntries(pictures) });
    expect(event).toMatchObject({
      message: {
        parts: Array.from({ length: 10 }, (_, n) => ({
          type: 'media',
          media: { source: `https://api.twilio.com/media/${n}`, mimeType: 'image/jpeg' },
        })),
      },
    });
  });

  it('shows an SMS without a character in it', () => {
    expect(parse({ ...sms, Body: '' })).toMatchObject([{ message: { parts: [{ text: '(empty message)' }] } }]);
  });

  it('takes a short code for no phone number', () => {
    expect(parse({ ...sms, From: '24273', Body: 'Code 1' })).toMatchObject([
      { sender: { externalId: '24273', handles: [] } },
    ]);
  });

  it.each([
    ['queued', 'accepted'],
    ['sending', 'accepted'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['undelivered', 'failed'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('takes the status %s for %s', (MessageStatus, expected) => {
    const event = {
      kind: 'delivery.changed',
      dedupeKey: `${sid}:${MessageStatus}`,
      thread: { externalId: '+14155550100' },
      messageExternalId: sid,
      state: expected,
    };
    expect(parse({ ...state, MessageStatus }, 'status')).toMatchObject([event]);
    expect(parse({ ...state, MessageStatus })).toMatchObject([event]);
  });

  it.each([
    [{ ErrorCode: '30003' }, 'The phone could not be reached: it may be off or out of coverage (30003)'],
    [{ ErrorCode: '39999', ErrorMessage: 'Something new' }, 'Something new (39999)'],
    [{ ErrorCode: '39999' }, 'The message was not delivered (39999)'],
    [{}, 'The message was not delivered'],
  ])('says why a message failed: %j', (fields, reason) => {
    expect(parse({ ...state, MessageStatus: 'undelivered', ...fields }, 'status')).toMatchObject([{ reason }]);
  });

  it.each([
    ['nothing', {}, 'MessageSid is missing'],
    ['no sender', { MessageSid: sid, Body: 'x' }, 'From is missing'],
    ['another id', { ...sms, MessageSid: 'CA1' }, 'MessageSid is not'],
    ['a picture too few', { ...sms, NumMedia: '1' }, 'MediaUrl0 is missing'],
    ['a million pictures', { ...sms, NumMedia: '1000000' }, 'NumMedia is not 0 to 10'],
    [
      'WhatsApp',
      { ...sms, From: 'whatsapp:+14155550100', Body: 'x' },
      'This is a message from whatsapp, and came to an account for SMS',
    ],
    ['an unknown status', { ...state, MessageStatus: 'eaten' }, 'The status "eaten" is not one that we know'],
  ])('rejects %s', (_, fields, message) => {
    expect(() => parse(fields)).toThrow(
      expect.objectContaining({ code: 'rejected', message: expect.stringContaining(message) }),
    );
  });
});

describe('replyToSms', () => {
  it('answers TwiML that does nothing', () => {
    expect(replyToSms()).toEqual({
      status: 200,
      contentType: 'text/xml',
      body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
    });
  });
});
