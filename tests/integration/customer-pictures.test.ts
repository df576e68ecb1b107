import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TicketDetail } from '@switchboard/contract';
import { startFakeTelegram, type FakeTelegram } from '../../connectors/simulator/telegram/fake-telegram.ts';
import { Agent } from '../support/agent.ts';
import { ApiClient } from '../support/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { MetaLine } from '../support/meta.ts';
import { SlackLine } from '../support/slack.ts';
import { aNamespace, databaseUri, openTestDatabase } from '../support/services/index.ts';
import { messagesOf, theTicketWith } from '../support/tickets.ts';

/** Customers with faces: their own system and providers name them, the hub fetches them once and shows its own copy. */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const face = (of: string) =>
  Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), Buffer.from(of)]);
const served = new Map<string, Buffer | 'for ever'>();
const fetched: string[] = [];
const theirs = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  fetched.push(pathname);
  const content = served.get(pathname);
  if (content === undefined) return void response.writeHead(404).end();
  // As providers do: what it is said to be proves nothing.
  response.writeHead(200, { 'content-type': 'image/jpeg' });
  return content === 'for ever' ? void response.write(face('')) : void response.end(content);
});
const token = 'a token for curl and friends';
const botToken = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
let later = 0;
let hub: TestHub;
let home: Awaited<ReturnType<typeof openTestDatabase>>;
let agent: Agent;
let accountId: string;
let origin: string;
let page: MetaLine;
let instagram: MetaLine;
let slack: SlackLine;
let telegram: FakeTelegram;

beforeAll(async () => {
  const [MONGODB_URI, NAMESPACE] = [databaseUri(), aNamespace()];
  home = await openTestDatabase(MONGODB_URI, NAMESPACE);
  hub = await startHub({ clockMs: 0, env: { MONGODB_URI, NAMESPACE, SECRET_KEY: randomBytes(32).toString('hex') } });
  agent = await Agent.at(hub.admin);
  await new Promise<void>((listening) => theirs.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(theirs.address() as AddressInfo).port}`;
  const settings = { signingSecret: `whsec_${Buffer.alloc(32, 1).toString('base64')}`, token, deliverUrl: origin };
  const body = { connectorId: 'api', name: 'Our shop', settings };
  accountId = (await hub.admin.call('channelAccounts.create', { body })).id;
  [page, instagram, slack, telegram] = await Promise.all([
    MetaLine.of(hub, 'meta-messenger'),
    MetaLine.of(hub, 'meta-instagram'),
    SlackLine.of(hub),
    startFakeTelegram(botToken),
  ]);
}, 120_000);
afterAll(async () => {
  agent.disconnect();
  await hub.stop();
  await home.drop();
  theirs.closeAllConnections();
  await Promise.all([page.graph.close(), instagram.graph.close(), slack.workspace.close(), telegram.close()]);
  await new Promise((closed) => theirs.close(closed));
});

let said = 0;
/** Somebody writes to our own system, in a conversation of their own each time. */
async function says(id: string, text: string, avatarUrl?: string): Promise<TicketDetail> {
  said += 1;
  const person = { id, name: id, ...(avatarUrl && { avatarUrl }) };
  const response = await fetch(`${hub.url}/webhooks/${accountId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ type: 'message', id: `m-${said}`, conversation: `c-${said}`, from: person, text }),
  });
  expect(response.status).toBe(202);
  return (await theTicketWith(hub.admin, text)).detail;
}
/** Time passes at the hub; who wrote last shows that it has. */
async function passes(ms: number): Promise<void> {
  later += ms;
  hub.putClock(later);
  await eventually(async () => {
    const { ticket } = await says('clock', `Tick ${said}`);
    expect(Date.parse(ticket.createdAt)).toBeGreaterThan(Date.now() + later - MINUTE_MS);
  });
}
const read = (id: string) => hub.admin.call('tickets.read', { params: { id } });
const files = () => home.connection.collection('media.files').countDocuments({});
const customerOf = ({ customer }: TicketDetail) =>
  home.connection.collection('customers').findOne({ _id: customer.id as never });
const tried = (detail: TicketDetail, failed: boolean) =>
  eventually(async () => expect((await customerOf(detail))?.['picture']).toMatchObject({ failed }), 20_000);
const addressOf = (detail: TicketDetail) =>
  eventually(async () => {
    const { ticket, customer } = await read(detail.ticket.id);
    expect(ticket.customer.avatarUrl).toMatch(/^\/api\/v1\/media\/[0-9a-f-]{36}$/);
    expect(customer.avatarUrl).toBe(ticket.customer.avatarUrl);
    return ticket.customer.avatarUrl ?? '';
  });
const shownAt = async (address: string, browser = hub.admin) => {
  const response = await browser.fetch(address);
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers };
};

it('comes with the name from Messenger and Instagram', async () => {
  const picture = (line: MetaLine, of: string) =>
    `${line.graph.share({ fileName: 'face.jpg', mimeType: 'image/jpeg', bytes: face(of) })}?ext=1&hash=2`;
  page.graph.people.set('PSID-9', { first_name: 'Eve', last_name: 'Li', profile_pic: picture(page, 'Eve') });
  const username = 'fay_ok';
  instagram.graph.people.set('IGSID-9', { name: 'Fay', username, profile_pic: picture(instagram, 'Fay') });
  const message = (id: string, text: string) => ({ sender: { id }, message: { mid: `mid-${id}`, text } });
  await page.messaging('page', message('PSID-9', 'Eve on Messenger'));
  await instagram.messaging('instagram', message('IGSID-9', 'Fay on Instagram'));
  for (const [words, name] of [
    ['Eve on Messenger', 'Eve Li'],
    ['Fay on Instagram', 'Fay'],
  ] as const) {
    const { detail } = await theTicketWith(hub.admin, words);
    expect(detail.customer.name).toBe(name);
    expect((await shownAt(await addressOf(detail))).bytes).toEqual(face(name.slice(0, 3)));
  }
});

it('comes from Slack, with its token where Slack keeps it', async () => {
  const file = { fileName: 'face.jpg', mimeType: 'image/jpeg', bytes: face('Gus') };
  const picture = slack.workspace.host('F0FACE', file);
  slack.workspace.users.set('U0GUS', { name: 'Gus', picture });
  expect(await slack.says('U0GUS', 'Gus on Slack', { channel: 'D0GUS', channel_type: 'im' })).toBe(200);
  const { detail } = await theTicketWith(hub.admin, 'Gus on Slack');
  expect((await shownAt(await addressOf(detail))).bytes).toEqual(face('Gus'));
});

it('comes from Telegram, whose address holds the bot’s token: that is kept nowhere', async () => {
  const host = (of: string) => telegram.host({ fileName: 'face.jpg', mimeType: 'image/jpeg', bytes: face(of) });
  telegram.pictures.set(
    77,
    ['small', 'wanted', 'large'].map((size, at) => ({ file_id: host(size), width: 80 << at, height: 80 << at })),
  );
  const settings = {
    botToken,
    botUsername: 'field_and_fern_bot',
    apiBaseUrl: telegram.url,
    webhookSecret: 's'.repeat(32),
  };
  const body = { connectorId: 'telegram', name: 'Bot', settings };
  const { id } = await hub.admin.call('channelAccounts.create', { body });
  const writes = (from: number, text: string) =>
    fetch(`${hub.url}/webhooks/${id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': 's'.repeat(32) },
      body: JSON.stringify({
        update_id: from,
        message: {
          ...{ message_id: from, date: Math.floor(Date.now() / 1000), text },
          ...{ from: { id: from, is_bot: false, first_name: 'Hal' }, chat: { id: from, type: 'private' } },
        },
      }),
    });
  expect((await writes(77, 'Hal on Telegram')).status).toBe(200);
  const { detail } = await theTicketWith(hub.admin, 'Hal on Telegram');
  expect((await shownAt(await addressOf(detail))).bytes).toEqual(face('wanted'));
  await writes(78, 'Nobody to be seen');
  const { detail: faceless } = await theTicketWith(hub.admin, 'Nobody to be seen');
  await tried(faceless, true);
  expect(JSON.stringify(await customerOf(detail))).not.toContain(botToken);
  expect(telegram.problems).toEqual([]);
});

it('shows the picture that a first message names, live, to whoever is signed in', async () => {
  served.set('/ada.jpg', face('Ada'));
  const detail = await says('ada', 'Hello from Ada', `${origin}/ada.jpg?signature=1`);
  const address = await addressOf(detail);
  await eventually(() => expect(agent.tickets.get(detail.ticket.id)?.customer.avatarUrl).toBe(address));
  expect((await hub.admin.call('tickets.list', { query: { view: 'all', limit: 5 } })).items[0]?.customer).toEqual({
    ...{ id: detail.customer.id, name: 'ada', avatarUrl: address },
  });
  const shown = await shownAt(address);
  expect([shown.status, shown.bytes, shown.headers.get('content-type')]).toEqual([200, face('Ada'), 'image/jpeg']);
  expect((await shownAt(address, new ApiClient(hub.url))).status).toBe(401);
  // Nothing of it is a line of the conversation, and where it came from is nobody's business.
  const { entries, targets } = await read(detail.ticket.id);
  const lines = entries.map((entry) => (entry.type === 'event' ? entry.event : entry.type));
  expect(lines).toEqual(['message', 'assignee.changed']);
  expect(JSON.stringify([entries, targets])).not.toContain('ada.jpg');
});

it('is not fetched with each message, but another one is, after a while; the old one is removed', async () => {
  served.set('/bo.jpg', face('Bo'));
  const first = await says('bo', 'Bo is here', `${origin}/bo.jpg?signature=1`);
  const address = await addressOf(first);
  const [before, count] = [fetched.length, await files()];
  const second = await says('bo', 'Bo has more', `${origin}/bo.jpg?signature=2`);
  // A ticket that is opened later has it from the start.
  expect(second.ticket.customer.avatarUrl).toBe(address);
  await says('bo', 'Bo at once', `${origin}/bo-too-soon.jpg`);
  served.set('/bo-2.jpg', face('Bo with a hat'));
  await passes(11 * MINUTE_MS);
  const third = await says('bo', 'Bo again', `${origin}/bo-2.jpg`);
  await eventually(async () => expect(await addressOf(third)).not.toBe(address));
  expect((await shownAt(await addressOf(third))).bytes).toEqual(face('Bo with a hat'));
  expect(await addressOf(first)).toBe(await addressOf(third));
  await eventually(async () => expect([(await shownAt(address)).status, await files()]).toEqual([404, count]));
  expect(fetched.slice(before)).toEqual(['/bo-2.jpg']);
});

it('is looked at again after a day, and stays where it is the same', async () => {
  served.set('/cy.jpg', face('Cy'));
  const first = await says('cy', 'Cy is here', `${origin}/cy.jpg`);
  const address = await addressOf(first);
  await passes(25 * HOUR_MS);
  const count = await files();
  await says('cy', 'Cy is back', `${origin}/cy.jpg`);
  await eventually(() => expect(fetched.filter((path) => path === '/cy.jpg')).toHaveLength(2));
  await eventually(async () => {
    const kept = (await customerOf(first))?.['picture'] as { at: Date };
    expect(Date.now() + later - kept.at.getTime()).toBeLessThan(HOUR_MS);
  });
  expect([await addressOf(first), await files()]).toEqual([address, count]);
});

it('is taken away again when it is no longer there', async () => {
  served.set('/di.jpg', face('Di'));
  const detail = await says('di', 'Di is here', `${origin}/di.jpg`);
  await addressOf(detail);
  const count = await files();
  served.delete('/di.jpg');
  await passes(25 * HOUR_MS);
  await says('di', 'Di is shy', `${origin}/di.jpg`);
  await eventually(async () => {
    expect((await read(detail.ticket.id)).ticket.customer).not.toHaveProperty('avatarUrl');
    expect(await files()).toBe(count - 1);
  });
});

it.each([
  ['page', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['large', Buffer.concat([face('large'), Buffer.alloc(1_048_577)])],
  ['slow', 'for ever' as const],
])('is refused where it is no small picture that comes in time: %s', async (name, content) => {
  served.set(`/${name}`, content);
  const count = await files();
  const detail = await says(name, `Words of ${name}`, `${origin}/${name}`);
  expect(messagesOf(detail)).toHaveLength(1);
  await tried(detail, true);
  expect((await read(detail.ticket.id)).customer).not.toHaveProperty('avatarUrl');
  expect(await files()).toBe(count);
  // Tried again with a later message, not before.
  await says(name, `More of ${name}`, `${origin}/${name}`);
  served.set(`/${name}`, face(name));
  await passes(61 * MINUTE_MS);
  const again = await says(name, `Again ${name}`, `${origin}/${name}`);
  expect((await shownAt(await addressOf(again))).bytes).toEqual(face(name));
  expect(fetched.filter((path) => path === `/${name}`)).toHaveLength(2);
});

it('is never fetched from inside, by whatever name', async () => {
  const inside = createServer((_request, response) => void response.end(face('inside')));
  const asked: string[] = [];
  inside.on('request', ({ url = '' }) => asked.push(url));
  await new Promise<void>((listening) => inside.listen(0, listening));
  const { port } = inside.address() as AddressInfo;
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '169.254.169.254'])
    await tried(await says(`from ${host}`, `Inside of ${host}`, `http://${host}:${port}/face.jpg`), true);
  expect(asked).toEqual([]);
  await new Promise((closed) => inside.close(closed));
});
