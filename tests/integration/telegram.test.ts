import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { MessageEntry, TicketDetail } from '@switchboard/contract';
import { startFakeTelegram, type FakeTelegram } from '../../connectors/simulator/telegram/fake-telegram.ts';
import { amend, edit, react, remove } from '../support/amending.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { messagesOf, theMessage, theTicketWith } from '../support/tickets.ts';

/** A bot, its customers and Telegram: updates in as Telegram posts them, the Bot API out. */
const botToken = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
let hub: TestHub;
let telegram: FakeTelegram;
let accountId: string;
let ids = 100;

beforeAll(async () => {
  hub = await startHub();
  telegram = await startFakeTelegram(botToken);
  const settings = { botToken, botUsername: 'field_and_fern_bot', apiBaseUrl: telegram.url };
  const body = { connectorId: 'telegram', name: 'Bot', settings };
  accountId = (await hub.admin.call('channelAccounts.create', { body })).id;
}, 120_000);
afterAll(async () => {
  await hub.stop();
  expect(telegram.problems).toEqual([]);
  await telegram.close();
});

const customer = (id: number) => ({
  from: { id, is_bot: false, first_name: 'Ada', last_name: `No ${id}` },
  chat: { id, type: 'private' },
});
async function post(update: object, updateId = (ids += 1), secret = telegram.webhook.secret): Promise<Response> {
  return fetch(telegram.webhook.url || `${hub.url}/webhooks/${accountId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
    body: JSON.stringify({ update_id: updateId, ...update }),
  });
}
const now = () => Math.floor(Date.now() / 1000);
const says = (id: number, more: object, number = (ids += 1)) =>
  post({ message: { message_id: number, date: now(), ...customer(id), ...more } }).then(({ status }) => status);

const reply = ({ ticket, targets }: TicketDetail, parts: object[]): Promise<MessageEntry> =>
  hub.admin.call('tickets.reply', {
    params: { id: ticket.id },
    body: { clientId: crypto.randomUUID(), threadId: targets[0]?.threadId ?? '', parts: parts as never },
  });
const callsTo = (id: number) => telegram.calls.filter(({ fields }) => fields['chat_id'] === id);

it('is connected by an act of its own, and says so', async () => {
  const params = { id: accountId };
  expect(await hub.admin.call('channelAccounts.test', { params })).toEqual({
    ok: false,
    message: 'Telegram sends @field_and_fern_bot’s messages nowhere: connect the bot',
  });
  expect(await hub.admin.call('channelAccounts.connect', { params })).toMatchObject({ ok: true });
  expect(telegram.webhook.url).toBe(`${hub.url}/webhooks/${accountId}`);
  expect(await hub.admin.call('channelAccounts.test', { params })).toEqual({
    ok: true,
    message: '@field_and_fern_bot',
  });
});

it('lets nobody in who does not know the secret', async () => {
  expect((await post({ message: {} }, 1, 'wrong-secret-wrong-secret')).status).toBe(403);
});

it('makes a ticket of a message, once, and answers it', async () => {
  const message = { message: { message_id: 7, date: now(), ...customer(11), text: 'Is the spade in stock?' } };
  for (const _ of [1, 2, 3]) expect((await post(message, 900)).status).toBe(200);
  const { detail } = await theTicketWith(hub.admin, 'Is the spade');
  expect(detail.ticket).toMatchObject({ channel: 'telegram', customer: { name: 'Ada No 11' }, inboundCount: 1 });
  await reply(detail, [{ type: 'text', text: 'Two are left.' }]);
  await theMessage(hub.admin, detail.ticket.id, 'Two are left.', ({ state }) => expect(state).toBe('sent'));
  expect(callsTo(11)).toEqual([{ method: 'sendMessage', fields: { chat_id: 11, text: 'Two are left.' }, files: {} }]);
  await says(11, { text: 'Great, keep one for me' });
  const answer = await theMessage(hub.admin, detail.ticket.id, 'keep one');
  expect(answer.threadId).toBe(detail.targets[0]?.threadId);
});

it('brings an album as one message, with all its pictures', async () => {
  const bytes = Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1');
  const picture = () => ({ photo: [{ file_id: telegram.host({ fileName: 'a.gif', mimeType: 'image/gif', bytes }) }] });
  const album = { media_group_id: 'album-1' };
  await Promise.all([
    says(12, { ...album, ...picture(), caption: 'Cracked on all sides' }),
    says(12, { ...album, ...picture() }),
  ]);
  await says(12, { ...album, ...picture() });
  const { detail } = await eventually(async () => {
    const found = await theTicketWith(hub.admin, 'Cracked on all sides');
    const media = messagesOf(found.detail)[0]?.parts.flatMap((part) =>
      part.type === 'media' ? [part.media.mediaId] : [],
    );
    expect(media).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
    return found;
  });
  expect(messagesOf(detail)).toHaveLength(1);
});

it('follows edits, buttons, reactions, and a block', async () => {
  await says(13, { text: 'Red please' }, 500);
  const { detail } = await theTicketWith(hub.admin, 'Red please');
  const { id } = detail.ticket;
  await post({
    edited_message: { message_id: 500, date: now(), edit_date: now() + 1, ...customer(13), text: 'Green please' },
  });
  await theMessage(hub.admin, id, 'Green please', ({ editedAt }) => expect(editedAt).toBeDefined());

  await reply(detail, [
    {
      type: 'choices',
      prompt: 'Which size?',
      choices: [
        { id: 's', label: 'Small' },
        { id: 'l', label: 'Large' },
      ],
    },
  ]);
  const asked = await eventually(() => {
    const call = callsTo(13).at(-1);
    expect(call?.fields).toMatchObject({
      text: 'Which size?',
      reply_markup: { inline_keyboard: [[{ callback_data: 's' }], [{}]] },
    });
    return call;
  });
  expect(asked?.method).toBe('sendMessage');
  const sent = await eventually(async () => {
    const now = await hub.admin.call('tickets.read', { params: { id } });
    const message = messagesOf(now).find(({ direction }) => direction === 'out');
    expect(message?.state).toBe('sent');
    return message;
  });
  const number = 5000 + telegram.calls.filter(({ method }) => method === 'sendMessage').length;
  const pressed = await post({
    callback_query: {
      id: 'q1',
      from: customer(13).from,
      data: 'l',
      message: {
        message_id: number,
        date: now(),
        chat: customer(13).chat,
        reply_markup: asked?.fields['reply_markup'],
      },
    },
  });
  expect(await pressed.json()).toEqual({ method: 'answerCallbackQuery', callback_query_id: 'q1' });
  const reaction = (before: string[], after: string[], date: number) =>
    post({
      message_reaction: {
        ...{ chat: customer(13).chat, message_id: number, user: customer(13).from, date },
        old_reaction: before.map((emoji) => ({ type: 'emoji', emoji })),
        new_reaction: after.map((emoji) => ({ type: 'emoji', emoji })),
      },
    });
  await reaction(['👍'], ['🎉'], now() + 2);
  await reaction([], ['👍'], now() + 1);
  await post({
    my_chat_member: {
      ...customer(13),
      date: now(),
      old_chat_member: { status: 'member' },
      new_chat_member: { status: 'kicked' },
    },
  });
  await eventually(async () => {
    const after = await hub.admin.call('tickets.read', { params: { id } });
    expect(messagesOf(after).flatMap(({ parts }) => parts)).toContainEqual({ type: 'choice', id: 'l', label: 'Large' });
    expect(messagesOf(after).find((one) => one.id === sent?.id)?.reactions).toMatchObject([{ emoji: '🎉' }]);
    expect(after.customer.consent).toMatchObject([{ channel: 'telegram', state: 'withdrawn' }]);
  });
});

it('edits, reacts and deletes as its agents do: once, in their order, and told where it did not work', async () => {
  await says(15, { text: 'What colour is it?' }, 600);
  const { detail, message: asked } = await theTicketWith(hub.admin, 'What colour');
  const { id } = detail.ticket;
  await reply(detail, [{ type: 'text', text: 'It is red' }]);
  const sent = await theMessage(hub.admin, id, 'It is red', ({ state }) => expect(state).toBe('sent'));
  const changesOf = () => callsTo(15).filter(({ method }) => !method.startsWith('send'));
  const settled = (words: string) =>
    theMessage(hub.admin, id, words, ({ amendments }) => expect(amendments).toBeUndefined());

  const once = crypto.randomUUID();
  await Promise.all([1, 2, 3].map(() => amend(hub.admin, sent, edit('It is green'), once)));
  const edited = await settled('It is green');
  expect(edited).toMatchObject({ editedAt: expect.any(String), editedBy: { name: 'Ada Lovelace' } });
  expect(changesOf().map(({ method, fields }) => [method, fields['text']])).toEqual([
    ['editMessageText', 'It is green'],
  ]);
  const params = { id, entryId: sent.id };
  const { versions } = await hub.admin.call('entries.versions', { params });
  expect(versions).toMatchObject([{ text: 'It is red', by: { name: 'Ada Lovelace' } }]);

  for (const emoji of ['👍', '🎉']) await amend(hub.admin, asked, react(emoji));
  await theMessage(hub.admin, id, 'What colour', ({ reactions, amendments }) => {
    expect(amendments).toBeUndefined();
    expect(reactions).toMatchObject([{ emoji: '🎉', by: { id: accountId, name: 'Ada Lovelace' } }]);
  });
  const emojis = changesOf().flatMap(({ fields }) => (fields['reaction'] as { emoji: string }[] | undefined) ?? []);
  expect(emojis.map(({ emoji }) => emoji)).toEqual(['👍', '🎉']);
  await expect(amend(hub.admin, asked, react('🧀'))).rejects.toThrow('refused with 400');
  await expect(amend(hub.admin, asked, edit('Not my words'))).rejects.toThrow('refused with 400');

  const refusal = { ok: false, error_code: 400, description: "Bad Request: message can't be edited" };
  telegram.next({ status: 400, body: refusal });
  await amend(hub.admin, sent, edit('It is blue'));
  const failed = await theMessage(hub.admin, id, 'It is green', ({ amendments }, { ticket }) => {
    expect(amendments).toMatchObject([
      { kind: 'edit', state: 'failed', reason: 'Telegram no longer lets this message be edited' },
    ]);
    expect(ticket.needsAttention).toBe(true);
  });
  const amendmentId = failed.amendments?.[0]?.id ?? '';
  const left = await hub.admin.call('messages.dropAmendment', { params: { ...params, amendmentId } });
  expect(left.amendments).toBeUndefined();
  expect((await hub.admin.call('tickets.read', { params: { id } })).ticket.needsAttention).toBe(false);

  telegram.next('hang-up');
  await amend(hub.admin, sent, edit('It is black'));
  const unknown = await theMessage(hub.admin, id, 'It is green', ({ amendments }) =>
    expect(amendments).toMatchObject([{ state: 'unknown' }]),
  );
  await hub.admin.call('messages.retryAmendment', {
    params: { ...params, amendmentId: unknown.amendments?.[0]?.id ?? '' },
  });
  await settled('It is black');

  await amend(hub.admin, sent, remove);
  await eventually(async () => {
    const now = await hub.admin.call('tickets.read', { params: { id } });
    expect(messagesOf(now).find((one) => one.id === sent.id)).toMatchObject({ deletedBy: { name: 'Ada Lovelace' } });
    expect(now.ticket.preview?.text).toBe('(deleted)');
  });
  expect(changesOf().at(-1)).toMatchObject({ method: 'deleteMessage', fields: { chat_id: 15 } });
  await expect(amend(hub.admin, sent, edit('Too late'))).rejects.toThrow('refused with 400');
  const kept = await hub.admin.call('entries.versions', { params });
  expect(kept.versions.map(({ text }) => text)).toEqual(['It is red', 'It is green', 'It is black']);
  const { items } = await hub.admin.call('audit.list', { query: {} });
  expect(items.map(({ action }) => action)).toEqual(expect.arrayContaining(['message.edited', 'message.deleted']));
});

it('changes what is still on its way in its order: the customer is left with the last word', async () => {
  await says(16, { text: 'How much is it?' });
  const { detail } = await theTicketWith(hub.admin, 'How much');
  const slow = { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } };
  telegram.next({ status: 429, body: slow });
  const first = await reply(detail, [{ type: 'text', text: 'Ten' }]);
  await Promise.all([amend(hub.admin, first, edit('Eleven')), reply(detail, [{ type: 'text', text: 'Each' }])]);
  await amend(hub.admin, first, edit('Twelve'));
  await theMessage(hub.admin, detail.ticket.id, 'Twelve', ({ state, amendments }) =>
    expect([state, amendments]).toEqual(['sent', undefined]),
  );
  await theMessage(hub.admin, detail.ticket.id, 'Each', ({ state }) => expect(state).toBe('sent'));
  const said = callsTo(16).flatMap(({ fields }) => (typeof fields['text'] === 'string' ? [fields['text']] : []));
  expect(said.filter((words) => words !== 'Each').at(-1)).toBe('Twelve');

  // Refused for good: nobody has it, so it is only taken back here.
  telegram.next({ status: 400, body: { ok: false, error_code: 400, description: 'Bad Request: no rights' } });
  const refused = await reply(detail, [{ type: 'text', text: 'Never said' }]);
  await theMessage(hub.admin, detail.ticket.id, 'Never said', ({ state }) => expect(state).toBe('failed'));
  const gone = await amend(hub.admin, refused, remove);
  expect(gone).toMatchObject({ state: 'failed', deletedBy: { name: 'Ada Lovelace' } });
  const params = { id: detail.ticket.id, entryId: refused.id };
  await expect(hub.admin.call('tickets.retry', { params })).rejects.toThrow('refused with 409');
  expect((await hub.admin.call('tickets.read', { params })).ticket.needsAttention).toBe(false);
  expect(callsTo(16).some(({ method }) => method === 'deleteMessage')).toBe(false);
});

it('hears in a group only what is for the bot, follows it where it moves, and says why a message did not go out', async () => {
  const group = { chat: { id: -100, type: 'supergroup', title: 'Gardeners' } };
  await says(14, { ...group, text: 'Has anybody seen my trowel?' });
  await says(14, {
    ...group,
    text: '@field_and_fern_bot do you ship?',
    entities: [{ type: 'mention', offset: 0, length: 19 }],
  });
  const { detail } = await theTicketWith(hub.admin, 'do you ship?');
  expect(messagesOf(detail)).toHaveLength(1);
  const moved = { migrate_to_chat_id: -1001234567890 };
  const description = 'Bad Request: group chat was upgraded to a supergroup chat';
  telegram.next({ status: 400, body: { ok: false, error_code: 400, description, parameters: moved } });
  await reply(detail, [{ type: 'text', text: 'From ten pounds on.' }]);
  await eventually(() =>
    expect(telegram.calls.at(-1)?.fields).toMatchObject({ chat_id: -1001234567890, text: 'From ten pounds on.' }),
  );
  telegram.next({
    status: 403,
    body: { ok: false, error_code: 403, description: 'Forbidden: bot was kicked from the supergroup chat' },
  });
  await reply(detail, [{ type: 'text', text: 'We do.' }]);
  const { reason } = await theMessage(hub.admin, detail.ticket.id, 'We do.', ({ state }) =>
    expect(state).toBe('failed'),
  );
  expect(reason).toBe('The bot was removed from the group');
});
