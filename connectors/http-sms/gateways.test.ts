import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { OutboundCommand, type Channel } from '@switchboard/contract';
import { offlineContext } from '../kit/offline-context.ts';
import { rawRequestOf } from '../kit/raw-request.ts';
import { vouch } from '../kit/vouch.ts';
import { httpSms } from './index.ts';
import { HttpSmsSettings } from './settings.ts';

/** https://46elks.com/docs/send-sms, /receive-sms, /sms-delivery-reports */
const elks = {
  from: '+46766861004',
  apiKey: 'u1',
  apiSecret: 's1',
  send: {
    url: 'https://api.46elks.com/a1/sms',
    headers: { Authorization: 'Basic {basic}' },
    format: 'form',
    body: 'from={from}&to={to}&message={text}&whendelivered={statusUrl}',
    idPath: 'id',
  },
  receive: { from: 'from', text: 'message', id: 'id' },
  report: {
    id: 'id',
    status: 'status',
    states: { created: 'accepted', sent: 'sent', delivered: 'delivered', failed: 'failed' },
  },
  proof: { by: 'basic', user: 'elks', password: 'moose' },
};
/** https://developer.vonage.com/messaging/sms/guides/inbound-sms, /delivery-receipts, /api/sms */
const vonage = {
  from: 'Acme',
  apiKey: 'abcd1234',
  apiSecret: 'secret',
  send: {
    url: 'https://rest.nexmo.com/sms/json',
    format: 'form',
    body: 'api_key={apiKey}&api_secret={apiSecret}&from={from}&to={toDigits}&text={text}&type={encoding}&callback={statusUrl}',
    idPath: 'messages.0.message-id',
    okPath: 'messages.0.status',
    okValues: ['0'],
    busyValues: ['1'],
    errorPath: 'messages.0.error-text',
  },
  receive: { from: 'msisdn', text: 'text', id: 'messageId' },
  report: {
    ...{ id: 'messageId', status: 'status', reason: 'err-code' },
    states: { accepted: 'accepted', buffered: 'accepted', delivered: 'delivered', expired: 'failed', failed: 'failed', rejected: 'failed', unknown: 'sent' },
  },
  proof: { by: 'query', name: 'token', secret: 'a-long-secret' },
}; // prettier-ignore

const webhookUrl = 'https://hub.example/webhooks/acc';
const receivedAt = new Date('2026-03-02T10:00:00.000Z');
const context = offlineContext({ webhookUrl, now: () => receivedAt });
const id = (last: number) => `018f0000-0000-7000-8000-00000000000${last}`;
const send = (text: string, to = '+46706861020') =>
  OutboundCommand.parse({
    ...{ specVersion: 1, kind: 'message.send', commandId: id(1), channelAccountId: id(2), ticketId: id(3), messageId: id(4) },
    ...{ thread: { externalId: to }, recipient: { externalId: to }, requestedBy: { type: 'agent', id: 'a1' } },
    parts: [{ type: 'text', text }],
  }); // prettier-ignore

describe('SMS by any gateway', () => {
  const ends: (() => Promise<unknown> | unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  });
  const open = (settings: unknown): Channel => {
    const channel = httpSms.open(HttpSmsSettings.parse(settings), context);
    ends.push(async () => channel.close?.());
    return channel;
  };
  const answering = async (answer: { status?: number; body: string; headers?: Record<string, string> }) => {
    const asked: { headers: IncomingMessage['headers']; url: string; body: string }[] = [];
    const server = createServer((request, response) => {
      void readText(request).then((body) => {
        asked.push({ headers: request.headers, url: request.url ?? '', body });
        response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    ends.push(() => (server.closeAllConnections(), server.close()));
    return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };
  const request = (body: string, hook = '', headers: Record<string, string> = {}, query = '') =>
    rawRequestOf(Buffer.from(body), {
      webhookUrl,
      receivedAt,
      hook,
      headers,
      url: `${webhookUrl}${hook && `/${hook}`}${query}`,
    });

  describe('46elks', () => {
    it('sends', async () => {
      const { asked, url } = await answering({ body: '{"status":"created","id":"s17a6","to":"+46706861020"}' });
      const receipt = await open({ ...elks, send: { ...elks.send, url: `${url}/a1/sms` } }).deliver(
        send('50 % & mer åäö'),
      );
      expect(receipt).toEqual({ externalId: 's17a6', state: 'accepted' });
      const form = Object.fromEntries(new URLSearchParams(asked[0]?.body));
      expect(form).toEqual({
        ...{ from: '+46766861004', to: '+46706861020', message: '50 % & mer åäö' },
        whendelivered: 'https://elks:moose@hub.example/webhooks/acc/status',
      });
      expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('u1:s1').toString('base64')}`);
    });

    it('reads what comes in, and what became of what went out', async () => {
      const channel = open(elks);
      const inbound =
        'direction=incoming&id=sf8425555e5d8db61dda7a7b3f1b91bdb&from=%2B46706861004&to=%2B46706860000&created=2018-07-13T13%3A57%3A23.741000&message=Hello%20how%20are%20you%3F';
      expect(await channel.parse(vouch(request(inbound)))).toEqual([
        {
          kind: 'message.received',
          dedupeKey: 'sf8425555e5d8db61dda7a7b3f1b91bdb',
          thread: { externalId: '+46706861004', shape: 'direct' },
          occurredAt: '2026-03-02T10:00:00.000Z',
          sender: { externalId: '+46706861004', handles: [{ type: 'phone', value: '+46706861004' }] },
          message: {
            externalId: 'sf8425555e5d8db61dda7a7b3f1b91bdb',
            parts: [{ type: 'text', text: 'Hello how are you?' }],
          },
        },
      ]);
      const report = 'id=s17a6&status=delivered&delivered=2018-07-13T13%3A57%3A23.741000';
      expect(await channel.parse(vouch(request(report, 'status')))).toMatchObject([
        { kind: 'delivery.changed', messageExternalId: 's17a6', state: 'delivered', dedupeKey: 's17a6:delivered' },
      ]);
      expect(await channel.parse(vouch(request('id=s17a6&status=failed', 'status')))).toMatchObject([
        { state: 'failed', reason: 'The gateway says: failed' },
      ]);
    });

    it('lets in who knows the password', () => {
      const { webhook } = open(elks);
      const authorization = `Basic ${Buffer.from('elks:moose').toString('base64')}`;
      expect(webhook?.verify(request('id=1', '', { authorization }))).toMatchObject({ ok: true });
      expect(webhook?.verify(request('id=1', '', { authorization: `${authorization}x` }))).toMatchObject({
        status: 403,
      });
      expect(webhook?.verify(request('id=1'))).toMatchObject({ status: 400 });
      expect(webhook?.verify(request('id=1', 'other', { authorization }))).toMatchObject({ status: 404 });
    });
  });

  describe('Vonage', () => {
    const answer = (status: string, text?: string) =>
      JSON.stringify({
        'message-count': '1',
        messages: [
          { to: '447700900000', 'message-id': '0C000000217B7F02', status, ...(text && { 'error-text': text }) },
        ],
      });
    const deliver = async (body: string, words = 'Hello', status = 200, headers = {}) => {
      const { asked, url } = await answering({ status, body, headers });
      const channel = open({ ...vonage, send: { ...vonage.send, url } });
      return { asked, outcome: await channel.deliver(send(words, '+447700900000')).catch((error: unknown) => error) };
    };

    it('sends, and says when the text needs Unicode', async () => {
      const { asked, outcome } = await deliver(answer('0'), 'Hej 👋');
      expect(outcome).toEqual({ externalId: '0C000000217B7F02', state: 'accepted' });
      expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
        ...{
          api_key: 'abcd1234',
          api_secret: 'secret',
          from: 'Acme',
          to: '447700900000',
          text: 'Hej 👋',
          type: 'unicode',
        },
        callback: 'https://hub.example/webhooks/acc/status?token=a-long-secret',
      });
    });

    it.each<[string, string, number, object, object]>([
      ['slow down', answer('1', 'Throttled'), 200, {}, { code: 'rate-limited' }],
      ['no', answer('6', 'Unroutable'), 200, {}, { code: 'rejected', message: 'The gateway says: Unroutable (6)' }],
      ['success without an id', '{"messages":[{"status":"0"}]}', 200, {}, { code: 'unknown' }],
      ['nothing that it understands', '<html>', 200, {}, { code: 'unknown' }],
      ['401', '{}', 401, {}, { code: 'unauthorised' }],
      ['429', '{}', 429, { 'retry-after': '3' }, { code: 'rate-limited', retryAfterMs: 3000 }],
      ['503', '{}', 503, {}, { code: 'unknown' }],
    ])('names the answer %s', async (_, body, status, headers, expected) => {
      expect((await deliver(body, 'Hello', status, headers)).outcome).toMatchObject({
        name: 'ConnectorError',
        ...expected,
      });
    });

    it('reads what comes in as JSON, as a form or in the address', async () => {
      const channel = open(vonage);
      const fields = { msisdn: '447700900001', to: '447700900000', messageId: '0A0000000123ABCD1', text: 'STOP', type: 'text', 'api-key': 'abcd1234', 'message-timestamp': '2020-01-01 12:00:00 +0000' };
      const form = new URLSearchParams(fields).toString();
      const ways = [request(JSON.stringify(fields)), request(form), { ...request('', '', {}, `?${form}`), method: 'GET' }];
      for (const way of ways)
        expect(await channel.parse(vouch(way))).toMatchObject([
          { dedupeKey: '0A0000000123ABCD1', sender: { handles: [{ type: 'phone', value: '+447700900001' }] }, message: { parts: [{ text: 'STOP' }] } },
          { kind: 'consent.changed', consent: 'withdrawn', reason: 'STOP' },
        ]);
    }); // prettier-ignore

    it('lets in who knows the secret, and tells what a status means', async () => {
      const channel = open(vonage);
      const report = JSON.stringify({ msisdn: '447700900000', to: 'Acme', messageId: '0C000000217B7F02', status: 'expired', 'err-code': '1', scts: '2001011400' });
      expect(channel.webhook?.verify(request(report, 'status', {}, '?token=a-long-secret'))).toMatchObject({ ok: true });
      expect(channel.webhook?.verify(request(report, 'status', {}, '?token=another'))).toMatchObject({ status: 403 });
      expect(await channel.parse(vouch(request(report, 'status')))).toMatchObject([
        { state: 'failed', reason: 'The gateway says: 1', messageExternalId: '0C000000217B7F02' },
      ]);
      const strange = report.replace('expired', 'eaten');
      await expect(async () => channel.parse(vouch(request(strange, 'status')))).rejects.toThrow('what the status "eaten" means');
    }); // prettier-ignore
  });

  it('takes several at once', async () => {
    const channel = open({ ...vonage, receive: { listPath: 'results', from: 'from.number', text: 'text', id: 'messageId' } });
    const body = JSON.stringify({ results: [{ from: { number: '+447700900001' }, text: 'a', messageId: 1 }, { from: { number: '+447700900002' }, text: 'b', messageId: 2 }] });
    expect(await channel.parse(vouch(request(body)))).toMatchObject([{ dedupeKey: '1' }, { dedupeKey: '2' }]);
  }); // prettier-ignore

  it('knows a message without an id by all that it says', async () => {
    const channel = open({ ...elks, receive: { from: 'from', text: 'message' } });
    const keys = await Promise.all(
      ['a', 'a', 'b'].map(
        async (words) => (await channel.parse(vouch(request(`from=%2B46706861004&message=${words}`))))[0]?.dedupeKey,
      ),
    );
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('keeps what people write inside of its quotes', async () => {
    const { asked, url } = await answering({ body: '{"message":{"id":"m1"}}' });
    const example = httpSms.exampleSettings;
    await open({ ...example, send: { ...example.send, url } }).deliver(send('"}, {to}\n\\'));
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ text: '"}, {to}\n\\', to: '+46706861020' });
  });

  it('says which placeholder there is not', () => {
    const wrong = HttpSmsSettings.safeParse({ ...elks, send: { ...elks.send, body: 'to={number}' } });
    expect(wrong.error?.issues[0]?.message).toMatch(/^There is no \{number\}; there are \{to\}/);
  });
});
