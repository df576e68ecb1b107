import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ContentPart, MessageEntry, TicketDetail } from '@switchboard/contract';
import { Agent } from '../support/agent.ts';
import { amend, edit, react, remove } from '../support/amending.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { MetaLine } from '../support/meta.ts';
import { messagesOf, theMessage, theTicketWith } from '../support/tickets.ts';

/** A WhatsApp number on Meta's Cloud API, its customers, and Meta: signed webhooks in, the Graph API out. */
const DAY_MS = 24 * 3_600_000;
const template = {
  name: 'parcel_left',
  language: 'en',
  status: 'APPROVED',
  category: 'UTILITY',
  components: [
    { type: 'BODY', text: 'Hello {{1}}, your parcel {{2}} has left us.', example: { body_text: [['Pablo', 'FF-1']] } },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Thanks' }] },
  ],
};
let hub: TestHub;
let line: MetaLine;
let ids = 0;
const settings = { phoneNumberId: '106540352242922', businessAccountId: '102290129340398' };

beforeAll(async () => {
  hub = await startHub({ clockMs: 0 });
  line = await MetaLine.of(hub, 'meta-whatsapp', settings, { templates: [template] });
}, 120_000);
afterAll(async () => {
  await hub.stop();
  expect(line.graph.problems).toEqual([]);
  await line.graph.close();
});

const says = (from: string, more: object, id = `wamid.in-${(ids += 1)}`) =>
  line.whatsApp({
    contacts: [{ profile: { name: `Ada ${from.slice(-2)}` }, wa_id: from }],
    messages: [{ from, id, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', ...more }],
  });
const reports = (id: string, status: string, to: string, more: object = {}) =>
  line.whatsApp({
    statuses: [{ id, status, timestamp: String(Math.floor(Date.now() / 1000)), recipient_id: to, ...more }],
  });
const text = (body: string) => ({ text: { body } });
const reply = ({ ticket, targets }: TicketDetail, parts: ContentPart[]): Promise<MessageEntry> =>
  hub.admin.call('tickets.reply', {
    params: { id: ticket.id },
    body: { clientId: crypto.randomUUID(), threadId: targets[0]?.threadId ?? '', parts },
  });
const sentTo = (to: string) => line.graph.posts.filter(({ body }) => body['to'] === to || body['recipient'] === to);
const read = (id: string) => hub.admin.call('tickets.read', { params: { id } });
const outOf = (detail: TicketDetail) => messagesOf(detail).filter(({ direction }) => direction === 'out');

it('answers Meta’s question, and lets in only what the app’s secret signed', async () => {
  expect(await line.asks()).toEqual({ status: 200, text: '1158201444' });
  expect((await line.asks('another-token')).status).toBe(403);
  expect(await line.posts({ object: 'whatsapp_business_account', entry: [] }, 'another-secret')).toBe(403);
  const { id } = { id: line.accountId };
  expect(await hub.admin.call('channelAccounts.test', { params: { id } })).toMatchObject({
    ok: true,
    message: 'Field & Fern +1 555 000 1234',
  });
});

it('makes a ticket of a message, once, answers it, and follows the answer, never backwards', async () => {
  const from = '447700900101';
  for (const _ of [1, 2, 3]) expect(await says(from, text('Is it in stock?'), 'wamid.thrice')).toBe(200);
  const { detail } = await theTicketWith(hub.admin, 'Is it in stock?');
  expect(detail.ticket).toMatchObject({ channel: 'whatsapp', customer: { name: 'Ada 01' }, inboundCount: 1 });
  expect(detail.customer.handles).toContainEqual({ type: 'phone', value: '+447700900101' });
  await reply(detail, [{ type: 'text', text: 'Two are left.' }]);
  await theMessage(hub.admin, detail.ticket.id, 'Two are left.', ({ state }) => expect(state).toBe('accepted'));
  const id = line.sent.get(from)?.at(-1) ?? '';
  for (const status of ['delivered', 'read', 'sent', 'delivered', 'failed']) await reports(id, status, from);
  await says(from, text('Good.'));
  await theMessage(hub.admin, detail.ticket.id, 'Good.');
  await theMessage(hub.admin, detail.ticket.id, 'Two are left.', ({ state }) => expect(state).toBe('read'));
});

it('offers choices and takes the pick, shows reactions, brings files', async () => {
  const from = '447700900102';
  const file = {
    fileName: 'a.gif',
    mimeType: 'image/gif',
    bytes: Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'),
  };
  await says(from, {
    type: 'image',
    image: { id: line.graph.host(file), mime_type: 'image/gif', caption: 'Which pot is this?' },
  });
  const { detail } = await theTicketWith(hub.admin, 'Which pot is this?');
  const { id } = detail.ticket;
  await theMessage(hub.admin, id, 'Which pot', ({ parts }) =>
    expect(parts).toContainEqual({ type: 'media', media: expect.objectContaining({ mediaId: expect.any(String) }) }),
  );
  const choices = [
    { id: 's', label: 'Small' },
    { id: 'l', label: 'Large' },
  ];
  await reply(detail, [{ type: 'choices', prompt: 'Which size?', choices }]);
  await eventually(() =>
    expect(sentTo(from).at(-1)?.body).toMatchObject({ type: 'interactive', interactive: { type: 'button' } }),
  );
  const asked = await eventually(async () => {
    const [message] = outOf(await read(id));
    expect(message?.state).toBe('accepted');
    return message;
  });
  const wamid = line.sent.get(from)?.at(-1) ?? '';
  await says(from, {
    type: 'interactive',
    context: { id: wamid },
    interactive: { type: 'button_reply', button_reply: { id: 'l', title: 'Large' } },
  });
  await says(from, { type: 'reaction', reaction: { message_id: wamid, emoji: '👍' } });
  await eventually(async () => {
    const now = await read(id);
    expect(messagesOf(now).flatMap(({ parts }) => parts)).toContainEqual({ type: 'choice', id: 'l', label: 'Large' });
    expect(messagesOf(now).find((one) => one.id === asked?.id)?.reactions).toMatchObject([{ emoji: '👍' }]);
  });
  await says(from, { type: 'reaction', reaction: { message_id: wamid, emoji: '' } });
  await eventually(async () =>
    expect(messagesOf(await read(id)).find((one) => one.id === asked?.id)?.reactions).toBeUndefined(),
  );
});

it('reacts, shows that an agent types and has read, and edits and deletes nothing, as Meta lets nobody', async () => {
  const from = '447700900109';
  await says(from, text('Are you open today?'), 'wamid.open-today');
  const { detail, message: asked } = await theTicketWith(hub.admin, 'Are you open');
  const { id } = detail.ticket;
  for (const emoji of ['👍', '🎉']) await amend(hub.admin, asked, react(emoji));
  await theMessage(hub.admin, id, 'Are you open', ({ reactions, amendments }) => {
    expect(reactions).toMatchObject([{ emoji: '🎉', by: { name: 'Ada Lovelace' } }]);
    expect(amendments).toBeUndefined();
  });
  await amend(hub.admin, asked, react('🎉', false));
  await theMessage(hub.admin, id, 'Are you open', ({ reactions }) => expect(reactions).toBeUndefined());
  const reactions = sentTo(from).map(({ body }) => body['reaction']);
  expect(reactions).toEqual(['👍', '🎉', ''].map((emoji) => ({ message_id: 'wamid.open-today', emoji })));
  await reply(detail, [{ type: 'text', text: 'From nine.' }]);
  const sent = await theMessage(hub.admin, id, 'From nine.', ({ state }) => expect(state).toBe('accepted'));
  for (const change of [edit('From ten.'), remove])
    await expect(amend(hub.admin, sent, change)).rejects.toThrow('This channel does not let messages be');

  const agent = await Agent.at(hub.admin);
  await agent.watch(id);
  const told = () => line.graph.posts.filter(({ body }) => body['message_id'] === 'wamid.open-today');
  agent.types(id, true);
  const typing = { status: 'read', typing_indicator: { type: 'text' } };
  await eventually(() => expect(told().at(-1)?.body).toMatchObject(typing));
  const params = { id: line.accountId };
  await hub.admin.call('channelAccounts.update', { params, body: { tellsRead: false } });
  const before = told().length;
  agent.types(id, true);
  await hub.admin.call('tickets.seen', { params: { id }, body: { inboundCount: 1 } });
  await agent.settled();
  expect(told()).toHaveLength(before);
  await hub.admin.call('channelAccounts.update', { params, body: { tellsRead: true } });
  await says(from, text('And tomorrow?'), 'wamid.tomorrow');
  await theMessage(hub.admin, id, 'And tomorrow?');
  await hub.admin.call('tickets.seen', { params: { id }, body: { inboundCount: 2 } });
  await eventually(() =>
    expect(line.graph.posts.at(-1)?.body).toMatchObject({ status: 'read', message_id: 'wamid.tomorrow' }),
  );
  agent.disconnect();
});

it('knows a customer who shows no number, and answers by their user id', async () => {
  await line.whatsApp({
    contacts: [{ profile: { name: 'Grace', username: 'grace' }, user_id: 'US.13491208655302741918' }],
    messages: [
      {
        from_user_id: 'US.13491208655302741918',
        id: 'wamid.bsuid',
        timestamp: '1772445600',
        type: 'text',
        text: { body: 'No number here' },
      },
    ],
  });
  const { detail } = await theTicketWith(hub.admin, 'No number here');
  expect(detail.customer.name).toBe('Grace');
  await reply(detail, [{ type: 'text', text: 'Hello Grace' }]);
  await eventually(() => expect(sentTo('US.13491208655302741918')).toMatchObject([{ body: { type: 'text' } }]));
});

it('shows what was written on the phone as ours, and ends the customer’s turn with it', async () => {
  const from = '447700900104';
  await says(from, text('Are you open?'));
  const { detail } = await theTicketWith(hub.admin, 'Are you open?');
  const echo = {
    from: '15550001234',
    to: from,
    id: 'wamid.echo',
    timestamp: String(Math.floor(Date.now() / 1000)),
    type: 'text',
    ...text('We are.'),
  };
  const value = { messaging_product: 'whatsapp', message_echoes: [echo] };
  const body = {
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'smb_message_echoes', value }] }],
  };
  for (const _ of [1, 2]) await line.posts(body);
  const message = await theMessage(hub.admin, detail.ticket.id, 'We are.');
  expect(message).toMatchObject({ direction: 'out', fromElsewhere: true, state: 'sent' });
  const after = await read(detail.ticket.id);
  expect(outOf(after)).toHaveLength(1);
  expect(after.ticket.waitingSince).toBeNull();
});

it('takes only templates once the day is over, and sends one with its words in the conversation', async () => {
  const from = '447700900105';
  await says(from, text('Where is my parcel?'));
  const { detail } = await theTicketWith(hub.admin, 'Where is my parcel?');
  hub.putClock(DAY_MS + 60_000);
  try {
    const late = {
      params: { id: detail.ticket.id },
      body: {
        clientId: crypto.randomUUID(),
        threadId: detail.targets[0]?.threadId ?? '',
        parts: [{ type: 'text' as const, text: 'On its way' }],
      },
    };
    expect(await hub.admin.refused('tickets.reply', late)).toMatchObject({
      status: 400,
      message: 'The customer last wrote more than 24 hours before: only an approved template can go out now.',
    });
    const { items } = await hub.admin.call('channelAccounts.templates', { params: { id: line.accountId } });
    expect(items).toMatchObject([
      {
        name: 'parcel_left',
        text: 'Hello {{1}}, your parcel {{2}} has left us.',
        variables: [{ key: '1', example: 'Pablo' }, { key: '2' }],
        buttons: ['Thanks'],
      },
    ]);
    const variables = { 1: 'Ada', 2: 'FF-7' };
    await reply(detail, [
      {
        type: 'template',
        name: 'parcel_left',
        language: 'en',
        variables,
        text: 'Hello Ada, your parcel FF-7 has left us.',
      },
    ]);
    await eventually(() =>
      expect(sentTo(from).at(-1)?.body).toMatchObject({
        type: 'template',
        template: {
          name: 'parcel_left',
          language: { code: 'en' },
          components: [
            {
              type: 'body',
              parameters: [
                { type: 'text', text: 'Ada' },
                { type: 'text', text: 'FF-7' },
              ],
            },
          ],
        },
      }),
    );
  } finally {
    hub.putClock(0);
  }
});

it('says in words why Meta did not take a message', async () => {
  const from = '447700900106';
  await says(from, text('Anybody?'));
  const { detail } = await theTicketWith(hub.admin, 'Anybody?');
  line.graph.next({ status: 400, body: { error: { message: 'Message undeliverable', code: 131026 } } });
  await reply(detail, [{ type: 'text', text: 'We are here' }]);
  const { reason } = await theMessage(hub.admin, detail.ticket.id, 'We are here', ({ state }) =>
    expect(state).toBe('failed'),
  );
  expect(reason).toBe('It could not be delivered: the number may not be on WhatsApp, or its app is too old (131026)');
});

it('says what the token lacks, when it ends, and that the app is told of nothing yet', async () => {
  const other = await MetaLine.of(hub, 'meta-whatsapp', { ...settings, appId: '670843887433847' });
  const { id } = await hub.admin.call('channelAccounts.read', { params: { id: other.accountId } });
  const inFiveDays = Math.floor(Date.now() / 1000) + 5 * 86_400;
  Object.assign(other.graph.token, { scopes: ['whatsapp_business_messaging'], expires_at: inFiveDays });
  other.graph.subscribed.length = 0;
  const health = async () => (await hub.admin.call('channelAccounts.read', { params: { id } })).health;
  expect(await hub.admin.call('channelAccounts.test', { params: { id } })).toMatchObject({ ok: true });
  const permission =
    'The access token lacks the permission whatsapp_business_management, to read templates and to connect: make a new one';
  expect(await health()).toMatchObject({
    lacks: [permission, 'Meta tells the app of no messages yet: press “Connect”'],
    expires: { what: 'access token', at: new Date(inFiveDays * 1000).toISOString() },
  });
  await eventually(async () => {
    const { items } = await hub.admin.call('alarms.list');
    expect(items.map(({ words }) => words)).toContainEqual(
      expect.stringMatching(/^meta-whatsapp needs renewing: access token expires on /),
    );
  }, 30_000);
  await hub.admin.call('channelAccounts.connect', { params: { id } });
  expect((await health()).lacks).toEqual([permission]);
  await other.graph.close();
});
