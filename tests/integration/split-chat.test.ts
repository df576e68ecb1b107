import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { startHub, type TestHub } from '../support/hub.ts';
import { theMessage, theTicketWith } from '../support/tickets.ts';
import { replyBody } from '../support/desk.ts';
import { Visitor } from '../support/visitor.ts';

jest.setTimeout(60_000);
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

it('a chat that was split is still one for the visitor: answers to both parts arrive, nothing is shown twice', async () => {
  const account = await hub.admin.call('channelAccounts.create', {
    body: { connectorId: 'webchat', name: 'Chat', settings: {} },
  });
  const visitor = await Visitor.on(hub.url, account.id);
  await visitor.says('where is my parcel');
  const { detail } = await theTicketWith(hub.admin, 'where is my parcel');
  await visitor.says('and can I change my address');
  const message = await theMessage(hub.admin, detail.ticket.id, 'change my address');
  const split = await hub.admin.call('tickets.split', { params: { id: detail.ticket.id, entryId: message.id } });
  await visitor.says('to the one in Berlin');
  await theMessage(hub.admin, split.id, 'the one in Berlin');
  for (const [id, text] of [
    [split.id, 'Your address is changed'],
    [detail.ticket.id, 'Your parcel is on its way'],
  ] as const) {
    const body = replyBody(await hub.admin.call('tickets.read', { params: { id } }), text);
    await hub.admin.call('tickets.reply', { params: { id }, body });
    await visitor.gets(text);
  }
  const again = await Visitor.on(hub.url, account.id, visitor.welcome.token);
  const texts = again.welcome.messages.map(({ parts: [part] }) => (part?.type === 'text' ? part.text : ''));
  expect(texts).toEqual([
    'where is my parcel',
    'and can I change my address',
    'to the one in Berlin',
    'Your address is changed',
    'Your parcel is on its way',
  ]);
  expect([...visitor.messages.keys()].sort()).toEqual([...again.messages.keys()].sort());
  visitor.leaves();
  again.leaves();
});
