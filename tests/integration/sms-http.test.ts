import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MessageEntry } from '@switchboard/contract';
import { startHub, type TestHub } from '../support/hub.ts';
import { messagesOf, theMessage, theTicketWith } from '../support/tickets.ts';

/** A gateway that nobody wrote a line of code for: its settings alone say how it speaks. */
const secret = 'the gateway’s signing secret';
const sent: Record<string, string>[] = [];
const gateway = createServer((request, response) => {
  void readText(request).then((body) => {
    const message = JSON.parse(body) as Record<string, string>;
    sent.push({ ...message, authorization: request.headers.authorization ?? '' });
    response.end(JSON.stringify({ result: { ref: `g-${sent.length}` } }));
  });
});
let hub: TestHub;
let accountId: string;
beforeAll(async () => {
  hub = await startHub();
  await new Promise<void>((listening) => gateway.listen(0, '127.0.0.1', listening));
  const settings = {
    from: '+15550006666',
    apiKey: 'key',
    apiSecret: 's3cret',
    send: {
      url: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`,
      headers: { Authorization: 'Token {apiSecret}' },
      body: '{"to": "{toDigits}", "words": "{text}", "report": "{statusUrl}"}',
      idPath: 'result.ref',
    },
    receive: { from: 'sender', text: 'words', id: 'ref' },
    report: { id: 'ref', status: 'state', states: { '1': 'delivered', '2': 'failed' } },
    proof: { by: 'hmac', header: 'X-Gateway-Signature', secret },
  };
  const body = { connectorId: 'sms-http', name: 'Gateway', settings };
  accountId = (await hub.admin.call('channelAccounts.create', { body })).id;
}, 120_000);
afterAll(async () => {
  await hub.stop();
  gateway.closeAllConnections();
  await new Promise((closed) => gateway.close(closed));
});

const posts = async (fields: object, hook = '', signature?: string): Promise<number> => {
  const body = JSON.stringify(fields);
  const signed = signature ?? createHmac('sha256', secret).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-gateway-signature': signed };
  return (await fetch(`${hub.url}/webhooks/${accountId}${hook}`, { method: 'POST', headers, body })).status;
};
const stateOf = (id: string, words: string, state: MessageEntry['state']) =>
  theMessage(hub.admin, id, words, (message) => expect(message.state).toBe(state));

it('takes a customer’s text once, brings the answer, and follows it to the phone', async () => {
  const text = { ref: 'in-1', sender: '491701234567', words: 'Is it "open"?' };
  expect(await posts(text)).toBe(200);
  expect(await posts(text)).toBe(200);
  expect(await posts(text, '', '0'.repeat(64))).toBe(403);
  const { detail } = await theTicketWith(hub.admin, 'Is it "open"?');
  expect(detail.customer.handles).toEqual([{ type: 'phone', value: '+491701234567' }]);
  const { id } = detail.ticket;
  await hub.admin.call('tickets.reply', {
    params: { id },
    body: {
      ...{ clientId: crypto.randomUUID(), threadId: detail.targets[0]?.threadId ?? '' },
      parts: [{ type: 'text', text: 'Yes, "until" 8' }],
    },
  });
  await stateOf(id, 'until', 'accepted');
  expect(sent).toEqual([
    {
      ...{ to: '491701234567', words: 'Yes, "until" 8', authorization: 'Token s3cret' },
      report: `${hub.url}/webhooks/${accountId}/status`,
    },
  ]);
  for (const state of ['1', '2', '1']) expect(await posts({ ref: 'g-1', state }, '/status')).toBe(200);
  await stateOf(id, 'until', 'delivered');
  expect(messagesOf(await hub.admin.call('tickets.read', { params: { id } }))).toHaveLength(2);
  const { settings, secretsSet } = await hub.admin.call('channelAccounts.read', { params: { id: accountId } });
  expect([JSON.stringify(settings).includes(secret), secretsSet.toSorted()]).toEqual([
    false,
    ['apiSecret', 'proof.secret'],
  ]);
});
