import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import type { VisitorWelcome } from '@switchboard/contract';
import { freePort, startHub, type TestHub } from '../support/hub.ts';
import { theTicketWith } from '../support/tickets.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
}, 120_000);
afterAll(() => hub.stop());

it('can answer by mail who left an address in a closed chat, and takes the address for no proof of who it is', async () => {
  const inbound = { mode: 'receiver', port: await freePort(), host: '127.0.0.1' };
  const settings = { address: 'help@example.org', inbound, outbound: { host: '127.0.0.1', port: 1 } };
  await hub.admin.call('channelAccounts.create', { body: { connectorId: 'email', name: 'Mail', settings } });
  const chat = { connectorId: 'webchat', name: 'Site', settings: {} };
  const { id: account } = await hub.admin.call('channelAccounts.create', { body: chat });
  const socket = io(`${hub.url}/visitor`, { transports: ['websocket'], auth: { account }, forceNew: true });
  await new Promise<VisitorWelcome>((resolve) => socket.once('welcome', resolve));
  const contact = { name: 'Paula Weiss', email: 'paula@example.com' };
  const parts = [{ type: 'text', text: 'Write to me please' }];
  const frame = { type: 'message', id: crypto.randomUUID(), parts, contact, at: new Date().toISOString() };
  expect(await socket.emitWithAck('frame', frame)).toEqual({ ok: true });
  socket.disconnect();

  const { detail } = await theTicketWith(hub.admin, 'Write to me please');
  expect(detail.ticket.customer.name).toBe('Paula Weiss');
  expect(detail.targets.map(({ channel, recipient }) => [channel, recipient.externalId])).toContainEqual([
    'email',
    'paula@example.com',
  ]);
  expect(detail.customer.attributes).toEqual({ 'e-mail (unverified)': 'paula@example.com' });
  expect(detail.customer.handles.map(({ type }) => type)).not.toContain('email');
});
