import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MessageEntry } from '@switchboard/contract';
import { rawRequestOf } from '../../connectors/kit/raw-request.ts';
import { signedHeaders, verifyStandard } from '../../connectors/kit/standard-webhooks.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { messagesOf, theMessage, theTicketWith } from '../support/tickets.ts';

/** Somebody's own system on the other side: it signs, checks what it gets, and takes each thing once. */
const secret = `whsec_${Buffer.from('a secret of thirty-two bytes, ok').toString('base64')}`;
const token = 'a token for curl and friends';
const got: { headers: IncomingHttpHeaders; body: Record<string, unknown>; raw: string }[] = [];
const answers: { status: number; body: string; headers?: Record<string, string> }[] = [];
const theirs = createServer((request, response) => {
  void readText(request).then((raw) => {
    got.push({ headers: request.headers, body: JSON.parse(raw) as Record<string, unknown>, raw });
    const { status, body, headers } = answers.shift() ?? { status: 200, body: `{"id":"their-${got.length}"}` };
    response.writeHead(status, headers).end(body);
  });
});
let hub: TestHub;
let accountId: string;
beforeAll(async () => {
  hub = await startHub();
  await new Promise<void>((listening) => theirs.listen(0, '127.0.0.1', listening));
  const deliverUrl = `http://127.0.0.1:${(theirs.address() as AddressInfo).port}/hook`;
  const body = { connectorId: 'api', name: 'Our shop', settings: { signingSecret: secret, token, deliverUrl } };
  accountId = (await hub.admin.call('channelAccounts.create', { body })).id;
}, 120_000);
afterAll(async () => {
  await hub.stop();
  theirs.closeAllConnections();
  await new Promise((closed) => theirs.close(closed));
});

const post = (body: string, headers: Record<string, string>) =>
  fetch(`${hub.url}/webhooks/${accountId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
const says = async (said: object): Promise<number> => {
  const body = JSON.stringify(said);
  return (await post(body, signedHeaders(secret, `msg_${crypto.randomUUID()}`, body, new Date()))).status;
};
const from = { id: 'u-7', name: 'Ada', email: 'ada@example.org' };
const stateOf = (id: string, words: string, state: MessageEntry['state']) =>
  theMessage(hub.admin, id, words, (message) => expect(message.state).toBe(state));
const reply = async (id: string, text: string): Promise<void> => {
  const { targets } = await hub.admin.call('tickets.read', { params: { id } });
  const body = {
    clientId: crypto.randomUUID(),
    threadId: targets[0]?.threadId ?? '',
    parts: [{ type: 'text' as const, text }],
  };
  await hub.admin.call('tickets.reply', { params: { id }, body });
};

it('opens a ticket, brings the answer signed, and follows it until it is read', async () => {
  const message = {
    type: 'message',
    id: 'm-1',
    conversation: 'order-1042',
    subject: 'Order 1042',
    from,
    text: 'Where is it?',
  };
  expect([await says(message), await says(message)]).toEqual([202, 202]);
  const { detail } = await theTicketWith(hub.admin, 'Where is it?');
  const { id } = detail.ticket;
  expect(detail.ticket).toMatchObject({ channel: 'api', subject: 'Order 1042', customer: { name: 'Ada' } });
  expect(detail.customer.handles).toContainEqual({ type: 'email', value: 'ada@example.org' });

  await reply(id, 'On its way.');
  await stateOf(id, 'On its way.', 'sent');
  const [answer] = got;
  expect(answer?.body).toMatchObject({
    ...{ type: 'message', conversation: 'order-1042', text: 'On its way.', inReplyTo: 'm-1' },
    ...{ to: { id: 'u-7' }, from: { name: 'Ada Lovelace' }, attachments: [] },
  });
  const asRequest = rawRequestOf(Buffer.from(answer?.raw ?? ''), {
    ...{ webhookUrl: 'http://theirs', receivedAt: new Date(), headers: answer?.headers as Record<string, string> },
  });
  expect(verifyStandard(secret, asRequest)).toMatchObject({ ok: true });

  const receipt = { type: 'receipt', messageId: 'their-1', conversation: 'order-1042' };
  for (const state of ['read', 'delivered', 'read']) expect(await says({ ...receipt, state })).toBe(202);
  await stateOf(id, 'On its way.', 'read');
  await says({ type: 'message.edited', id: 'm-1', conversation: 'order-1042', text: 'Where is it now?' });
  await theMessage(hub.admin, id, 'Where is it now?');
  expect(messagesOf(await hub.admin.call('tickets.read', { params: { id } }))).toHaveLength(2);
});

it('sends again under the same id what the other side did not take, and says in its words what it refused', async () => {
  await says({ type: 'message', id: 'm-2', conversation: 'c-2', from, text: 'Second' });
  const { id } = (await theTicketWith(hub.admin, 'Second')).detail.ticket;
  answers.push({ status: 503, body: '', headers: { 'retry-after': '0' } }, { status: 200, body: '' });
  const before = got.length;
  await reply(id, 'Twice asked');
  await stateOf(id, 'Twice asked', 'sent');
  const ids = got.slice(before).map(({ headers }) => headers['webhook-id']);
  expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  answers.push({ status: 422, body: '{"error":"She has left us"}' });
  await reply(id, 'Hello?');
  expect((await stateOf(id, 'Hello?', 'failed')).reason).toBe('The receiver says: She has left us (422)');
});

it('tells the other side at once what is wrong, and lets nobody else in', async () => {
  const body = JSON.stringify({ type: 'message', id: 'm-3', conversation: 'c-3', from, text: 'By token' });
  expect((await post(body, { authorization: `Bearer ${token}` })).status).toBe(202);
  await eventually(() => theTicketWith(hub.admin, 'By token'));
  expect((await post(body, { authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await post(body, {})).status).toBe(400);
  const signed = signedHeaders(secret, 'msg_1', body, new Date());
  expect((await post(body.replace('token', 'force'), signed)).status).toBe(403);
  const old = signedHeaders(secret, 'msg_1', body, new Date(Date.now() - 301_000));
  expect((await post(body, old)).status).toBe(403);
  const wrong = await post('{"type":"message","id":"m-4","conversation":"c"}', { authorization: `Bearer ${token}` });
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringMatching(/^from: /)]);
  const test = await hub.admin.call('channelAccounts.test', { params: { id: accountId } });
  expect(test).toEqual({ ok: true, message: 'The receiver takes what we send' });
  expect(got.at(-1)?.body).toMatchObject({ type: 'ping' });
});
