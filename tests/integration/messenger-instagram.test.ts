import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ContentPart, MessageEntry, TicketDetail } from '@switchboard/contract';
import { amend, edit, react } from '../support/amending.ts';
import { eventually, found } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { MetaLine } from '../support/meta.ts';
import { messagesOf, theMessage, theTicketWith } from '../support/tickets.ts';

/** A page and an Instagram account, their customers, and Meta: signed webhooks in, the Graph API out. */
let hub: TestHub;
let page: MetaLine;
let instagram: MetaLine;
let mids = 0;
const mid = () => `mid-${(mids += 1)}`;

beforeAll(async () => {
  hub = await startHub();
  [page, instagram] = await Promise.all([MetaLine.of(hub, 'meta-messenger'), MetaLine.of(hub, 'meta-instagram')]);
}, 120_000);
afterAll(async () => {
  await hub.stop();
  expect([...page.graph.problems, ...instagram.graph.problems]).toEqual([]);
  await Promise.all([page.graph.close(), instagram.graph.close()]);
});

const reply = ({ ticket, targets }: TicketDetail, parts: ContentPart[]): Promise<MessageEntry> =>
  hub.admin.call('tickets.reply', {
    params: { id: ticket.id },
    body: { clientId: crypto.randomUUID(), threadId: targets[0]?.threadId ?? '', parts },
  });
const read = (id: string) => hub.admin.call('tickets.read', { params: { id } });
const outOf = (detail: TicketDetail) => messagesOf(detail).filter(({ direction }) => direction === 'out');

it('names a customer of the page, answers, and does not double what it sent itself', async () => {
  const sender = { id: 'PSID-1' };
  page.graph.people.set('PSID-1', { first_name: 'Ada', last_name: 'Reed' });
  const message = { sender, message: { mid: mid(), text: 'Do you deliver?' } };
  for (const _ of [1, 2]) expect(await page.messaging('page', message)).toBe(200);
  const { detail } = await theTicketWith(hub.admin, 'Do you deliver?');
  expect(detail.ticket).toMatchObject({ channel: 'messenger', customer: { name: 'Ada Reed' }, inboundCount: 1 });
  const { id } = await reply(detail, [{ type: 'text', text: 'We do.' }]);
  await theMessage(hub.admin, detail.ticket.id, 'We do.', ({ state }) => expect(state).toBe('sent'));
  expect(page.graph.posts.at(-1)?.body).toEqual({
    recipient: { id: 'PSID-1' },
    messaging_type: 'RESPONSE',
    message: { text: 'We do.', metadata: `switchboard:${id}` },
  });
  const ours = { mid: page.sent.get('PSID-1')?.at(-1), is_echo: true, text: 'We do.', metadata: `switchboard:${id}` };
  await page.messaging('page', { sender: { id: 'PAGE' }, recipient: sender, message: ours });
  const inbox = { mid: mid(), is_echo: true, app_id: 263902037430900, text: 'From nine to five.' };
  for (const _ of [1, 2]) await page.messaging('page', { sender: { id: 'PAGE' }, recipient: sender, message: inbox });
  const elsewhere = await theMessage(hub.admin, detail.ticket.id, 'From nine');
  expect(elsewhere).toMatchObject({ direction: 'out', fromElsewhere: true });
  expect(outOf(await read(detail.ticket.id))).toHaveLength(2);

  await page.messaging('page', { sender, delivery: { mids: [ours.mid], watermark: Date.now() } });
  await theMessage(hub.admin, detail.ticket.id, 'We do.', ({ state }) => expect(state).toBe('delivered'));
  await page.messaging('page', { sender, read: { watermark: Date.now() + 1000 } });
  await eventually(async () => {
    const states = outOf(await read(detail.ticket.id)).map(({ state }) => state);
    expect(states).toEqual(['read', 'read']);
  });
});

it('takes quick replies, postbacks, reactions, edits and what is taken back', async () => {
  const sender = { id: 'PSID-2' };
  const first = mid();
  await page.messaging('page', { sender, message: { mid: first, text: 'A pot please' } });
  const { detail } = await theTicketWith(hub.admin, 'A pot please');
  const { id } = detail.ticket;
  await reply(detail, [{ type: 'choices', prompt: 'Which?', choices: [{ id: 'red', label: 'Red' }] }]);
  await eventually(() =>
    expect(page.graph.posts.at(-1)?.body['message']).toMatchObject({
      text: 'Which?',
      quick_replies: [{ content_type: 'text', title: 'Red', payload: 'red' }],
    }),
  );
  await page.messaging(
    'page',
    { sender, message: { mid: mid(), text: 'Red', quick_reply: { payload: 'red' } } },
    { sender, postback: { mid: mid(), title: 'Talk to a person', payload: 'HUMAN' } },
    { sender, message_edit: { mid: first, text: 'Two pots please', num_edit: 1 } },
  );
  await eventually(async () => {
    const parts = messagesOf(await read(id)).flatMap((message) => message.parts);
    expect(parts).toContainEqual({ type: 'choice', id: 'red', label: 'Red' });
    expect(parts).toContainEqual({ type: 'choice', id: 'HUMAN', label: 'Talk to a person' });
    expect(parts).toContainEqual({ type: 'text', text: 'Two pots please' });
  });
  await page.messaging('page', { sender, reaction: { mid: first, action: 'react', reaction: 'love' } });
  await theMessage(hub.admin, id, 'Two pots', ({ reactions }) => expect(reactions).toMatchObject([{ emoji: '❤' }]));
  const asked = found('the message', messagesOf(await read(id))[0]);
  await amend(hub.admin, asked, react('🎉'));
  await theMessage(hub.admin, id, 'Two pots', ({ reactions }) =>
    expect(reactions).toMatchObject([{ emoji: '❤' }, { emoji: '🎉', by: { name: 'Ada Lovelace' } }]),
  );
  expect(page.graph.posts.at(-1)?.body).toEqual({
    recipient: sender,
    sender_action: 'react',
    payload: { message_id: first, reaction: '🎉' },
  });
  await expect(amend(hub.admin, asked, edit('x'))).rejects.toThrow('does not let messages be edited');
  await page.messaging('page', { sender, message: { mid: first, is_deleted: true } });
  await eventually(async () => expect(messagesOf(await read(id))[0]?.deletedAt).toBeDefined());
});

it('shows what an Instagram story reply answers, follows "seen", and says when a window is over', async () => {
  const sender = { id: 'IGSID-1' };
  instagram.graph.people.set('IGSID-1', { name: 'Grace', username: 'grace_o' });
  const story = { id: 's', url: 'https://lookaside.example.org/story.jpg' };
  await instagram.messaging('instagram', {
    sender,
    timestamp: new Date().toISOString(),
    message: { mid: mid(), text: 'Lovely pot!', reply_to: { story } },
  });
  const { detail, message } = await theTicketWith(hub.admin, 'Lovely pot!');
  expect(detail.ticket).toMatchObject({ channel: 'instagram', customer: { name: 'Grace' } });
  expect(message.context).toEqual({ type: 'story-reply', url: story.url });
  const { closesAt } = detail.targets[0] as { closesAt: string };
  expect(Date.parse(closesAt) - Date.now()).toBeGreaterThan(23 * 3_600_000);
  expect(Date.parse(closesAt) - Date.now()).toBeLessThan(25 * 3_600_000);
  await reply(detail, [{ type: 'text', text: 'Thank you!' }]);
  await theMessage(hub.admin, detail.ticket.id, 'Thank you!', ({ state }) => expect(state).toBe('sent'));
  const sent = instagram.sent.get('IGSID-1')?.at(-1);
  // Instagram echoes what went out by the API without a word on whose it was.
  const echo = { mid: sent, is_echo: true, text: 'Thank you!' };
  await instagram.messaging('instagram', { sender: { id: 'PAGE' }, recipient: sender, message: echo });
  await instagram.messaging('instagram', { sender, read: { mid: sent } });
  await theMessage(hub.admin, detail.ticket.id, 'Thank you!', ({ state }) => expect(state).toBe('read'));
  expect(outOf(await read(detail.ticket.id))).toHaveLength(1);
  await expect(amend(hub.admin, message, react('🎉'))).rejects.toThrow('does not take 🎉');
  await amend(hub.admin, message, react('❤'));
  await theMessage(hub.admin, detail.ticket.id, 'Lovely pot!', ({ reactions }) =>
    expect(reactions).toMatchObject([{ emoji: '❤' }]),
  );
  expect(instagram.graph.posts.at(-1)?.body).toMatchObject({ sender_action: 'react', payload: { reaction: 'love' } });

  instagram.graph.next({ status: 400, body: { error: { message: 'outside', code: 10, error_subcode: 2534022 } } });
  await reply(detail, [{ type: 'text', text: 'One more thing' }]);
  const { reason } = await theMessage(hub.admin, detail.ticket.id, 'One more', ({ state }) =>
    expect(state).toBe('failed'),
  );
  expect(reason).toBe('The time in which this customer may be answered is over (10/2534022)');
});
