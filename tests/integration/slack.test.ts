import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ContentPart, MessageEntry, TicketDetail } from '@switchboard/contract';
import { amend, edit, react, remove } from '../support/amending.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { newTs, SlackLine } from '../support/slack.ts';
import { messagesOf, theMessage, theTicketWith } from '../support/tickets.ts';

/** Signed events in, Slack's API out. */
let hub: TestHub;
let line: SlackLine;
beforeAll(async () => {
  hub = await startHub();
  line = await SlackLine.of(hub);
  line.workspace.users.set('U0ADA0000', { name: 'Ada', email: 'Ada@example.org' });
  line.workspace.users.set('U0BEN0000', { name: 'Ben', email: 'ben@other.example', team: 'T0OTHER00' });
}, 120_000);
afterAll(async () => {
  await hub.stop();
  expect(line.workspace.problems).toEqual([]);
  await line.workspace.close();
});

const reply = ({ ticket, targets }: TicketDetail, parts: ContentPart[]): Promise<MessageEntry> =>
  hub.admin.call('tickets.reply', {
    params: { id: ticket.id },
    body: { clientId: crypto.randomUUID(), threadId: targets[0]?.threadId ?? '', parts },
  });
const text = (words: string): ContentPart[] => [{ type: 'text', text: words }];
const stateOf = (ticketId: string, words: string, state: MessageEntry['state']) =>
  theMessage(hub.admin, ticketId, words, (message) => expect(message.state).toBe(state));

it('makes a ticket of a thread, with the people’s names, and answers in it', async () => {
  const ts = newTs();
  const more = { ts, event_ts: ts };
  expect(await line.says('U0ADA0000', 'The printer of <@U0BEN0000> burns', more)).toBe(200);
  // Slack tells the same again by another event, and again when our answer was late.
  const mention = {
    type: 'app_mention',
    user: 'U0ADA0000',
    text: 'The printer of <@U0BEN0000> burns',
    channel: 'C0AAAAAAA',
    ...more,
  };
  expect(await line.event(mention, { 'x-slack-retry-num': '1' })).toBe(200);
  const { detail } = await theTicketWith(hub.admin, 'The printer of @Ben burns');
  expect(detail.ticket).toMatchObject({ channel: 'slack', customer: { name: 'Ada' } });
  expect(detail.customer.handles).toContainEqual({ type: 'email', value: 'ada@example.org' });
  const { id } = detail.ticket;

  await reply(detail, text('Take the <red> one & call us'));
  await stateOf(id, 'red', 'sent');
  expect(line.workspace.calls.at(-1)).toEqual({
    method: 'chat.postMessage',
    args: expect.objectContaining({
      ...{
        channel: 'C0AAAAAAA',
        thread_ts: ts,
        text: 'Take the &lt;red&gt; one &amp; call us',
        username: 'Ada Lovelace',
      },
    }),
  });

  await line.says('U0BEN0000', 'It is out.', { thread_ts: ts });
  const answer = await theMessage(hub.admin, id, 'It is out.');
  expect(answer.author.name).toBe('Ben');
  const now = await hub.admin.call('tickets.read', { params: { id } });
  expect(messagesOf(now)).toHaveLength(3);
  const ben = (await hub.admin.call('customers.list', { query: { q: 'Ben' } })).items[0];
  expect(ben?.handles).not.toContainEqual(expect.objectContaining({ type: 'email' }));
});

it('refuses what Slack has not signed, or long ago', async () => {
  const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
  expect(await (await line.request(body, 'application/json')).json()).toEqual({ challenge: 'abc' });
  expect(await line.post(body, 'application/json', { 'x-slack-signature': `v0=${'0'.repeat(64)}` })).toBe(403);
  expect(await line.post(body, 'application/json', { 'x-slack-signature': '' })).toBe(400);
  const old = String(Math.floor(Date.now() / 1000) - 301);
  expect(await line.post(body, 'application/json', { 'x-slack-request-timestamp': old })).toBe(403);
});

it('follows edits and deletions, and says nothing twice', async () => {
  const ts = newTs();
  const said = { type: 'message', user: 'U0ADA0000', text: 'Order 1042', ts };
  await line.says('U0ADA0000', 'Order 1042', { ts, event_ts: ts });
  const { detail } = await theTicketWith(hub.admin, 'Order 1042');
  const { id } = detail.ticket;
  const edit = {
    type: 'message',
    subtype: 'message_changed',
    channel: 'C0AAAAAAA',
    ts: newTs(),
    previous_message: said,
  };
  const edited = { ...edit, message: { ...said, text: 'Order 1043', edited: { user: 'U0ADA0000', ts: newTs() } } };
  await line.event(edited);
  await line.event(edited);
  const changed = await theMessage(hub.admin, id, 'Order 1043');
  expect(changed.editedAt).toBeDefined();
  const gone = { type: 'message', subtype: 'message_deleted', channel: 'C0AAAAAAA', ts: newTs(), deleted_ts: ts };
  await line.event({ ...gone, previous_message: said });
  await eventually(async () => {
    const [first] = messagesOf(await hub.admin.call('tickets.read', { params: { id } }));
    expect(first?.deletedAt).toBeDefined();
  });
});

it('takes files of a message from Slack, and brings ours there', async () => {
  const bytes = Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1');
  const url = line.workspace.host('F0AAAAAAA', { bytes, mimeType: 'image/gif', fileName: 'a.gif' });
  const file = { id: 'F0AAAAAAA', name: 'a.gif', mimetype: 'image/gif', size: bytes.length, url_private: url };
  await line.says('U0ADA0000', 'Look here', {
    subtype: 'file_share',
    files: [file],
    channel: 'D0AAAAAAA',
    channel_type: 'im',
  });
  const { detail } = await theTicketWith(hub.admin, 'Look here');
  const { id } = detail.ticket;
  const { parts } = await theMessage(hub.admin, id, 'Look here', (message) =>
    expect(message.parts).toContainEqual({
      type: 'media',
      media: expect.objectContaining({ mediaId: expect.any(String), bytes: bytes.length }),
    }),
  );
  const media = parts.find((part) => part.type === 'media');
  const mediaId = media?.type === 'media' ? (media.media.mediaId ?? '') : '';

  await reply(detail, [...text('And here is ours'), { type: 'media', media: { source: `media:${mediaId}`, mediaId } }]);
  await stateOf(id, 'And here is ours', 'sent');
  const methods = line.workspace.calls.slice(-3).map(({ method }) => method);
  expect(methods).toEqual(['files.getUploadURLExternal', 'chat.postMessage', 'files.completeUploadExternal']);
  expect([...line.workspace.uploads.values()].at(-1)).toEqual(bytes);
  expect(line.workspace.calls.at(-1)?.args).toMatchObject({ channel_id: 'D0AAAAAAA' });
  // The words are a message there, the file another: both are taken back.
  const ours = await stateOf(id, 'And here is ours', 'sent');
  await amend(hub.admin, ours, edit('Here is *ours*'));
  await theMessage(hub.admin, id, 'Here is *ours*', ({ editedAt }) => expect(editedAt).toBeDefined());
  await amend(hub.admin, ours, remove);
  await eventually(() => {
    const last = line.workspace.calls.slice(-3);
    expect(last.map(({ method }) => method)).toEqual(['chat.update', 'chat.delete', 'files.delete']);
    expect(last[0]?.args['ts']).toBe(last[1]?.args['ts']);
  });

  // What is said next in the direct messages goes on with it.
  await line.says('U0ADA0000', 'Got it', { channel: 'D0AAAAAAA', channel_type: 'im' });
  await theMessage(hub.admin, id, 'Got it');
});

it('reacts as the app, and says what Slack says of a change', async () => {
  const ts = newTs();
  await line.says('U0ADA0000', 'It works again', { ts, event_ts: ts });
  const { detail, message } = await theTicketWith(hub.admin, 'It works again');
  const { id } = detail.ticket;
  const emojisOf = (wanted: string[]) =>
    theMessage(hub.admin, id, 'It works again', ({ reactions = [], amendments }) => {
      expect(amendments).toBeUndefined();
      expect(reactions.map(({ emoji }) => emoji)).toEqual(wanted);
    });
  for (const emoji of ['👍', '🎉']) await amend(hub.admin, message, react(emoji));
  await emojisOf(['👍', '🎉']);
  line.workspace.next('reactions.remove', { body: { ok: false, error: 'no_reaction' } });
  await amend(hub.admin, message, react('👍', false));
  await emojisOf(['🎉']);
  const added = line.workspace.calls.filter(({ method }) => method === 'reactions.add');
  expect(added.map(({ args }) => [args['timestamp'], args['name']])).toEqual([
    [ts, '+1'],
    [ts, 'tada'],
  ]);

  await reply(detail, text('Good to hear'));
  const sent = await stateOf(id, 'Good to hear', 'sent');
  line.workspace.next('chat.update', { body: { ok: false, error: 'edit_window_closed' } });
  await amend(hub.admin, sent, edit('Very good to hear'));
  await theMessage(hub.admin, id, 'Good to hear', ({ amendments }) =>
    expect(amendments?.[0]?.reason).toMatch(/does not let messages be edited so late/),
  );
});

it('says in words why a message did not go, and waits where Slack asks it to', async () => {
  await line.says('U0ADA0000', 'Who is there?');
  const { detail } = await theTicketWith(hub.admin, 'Who is there?');
  const { id } = detail.ticket;
  line.workspace.next('chat.postMessage', { body: { ok: false, error: 'not_in_channel' } });
  await reply(detail, text('Nobody hears this'));
  expect((await stateOf(id, 'Nobody hears this', 'failed')).reason).toMatch(/invite it there \(not_in_channel\)/);
  line.workspace.next('chat.postMessage', { status: 429, headers: { 'retry-after': '1' } });
  await reply(detail, text('A little later'));
  await stateOf(id, 'A little later', 'sent');
  line.workspace.next('chat.postMessage', 'hang-up');
  await reply(detail, text('Perhaps this'));
  await stateOf(id, 'Perhaps this', 'unknown');
}, 60_000);

it('tells whether the token is good', async () => {
  const good = await hub.admin.call('channelAccounts.test', { params: { id: line.accountId } });
  expect(good).toEqual({ ok: true, message: 'Workspace “Acme”, as switchboard' });
  const other = await SlackLine.of(hub, { botToken: 'xoxb-other' });
  const bad = await hub.admin.call('channelAccounts.test', { params: { id: other.accountId } });
  expect(bad).toEqual({ ok: false, message: 'Slack does not accept the bot token (invalid_auth)' });
  await other.workspace.close();
});
