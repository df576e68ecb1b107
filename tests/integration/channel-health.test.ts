import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { startImapServer } from '../support/imap-server.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';

/** How an account does: paused and resumed, how far behind, until when its certificates are good. */
let database: TestDatabase;
let hub: TestHub;
let imap: Awaited<ReturnType<typeof startImapServer>>;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;

beforeAll(async () => {
  database = await openTestDatabase();
  imap = await startImapServer();
  sink = await startSmtpSink();
  hub = await startHub({ env: database.hubEnv });
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await imap.stop();
  await sink.stop();
  await database.drop();
});

const mailbox = (password: string) => ({
  address: 'support@example.org',
  inbound: { mode: 'imap', host: '127.0.0.1', port: imap.port, secure: false, user: 'us', password },
  outbound: { host: '127.0.0.1', port: sink.port, secure: false },
});
const read = (id: string) => hub.admin.call('channelAccounts.read', { params: { id } });
const resume = (id: string) => hub.admin.call('channelAccounts.resume', { params: { id } });

it('stays paused, and says why, until the provider takes it again', async () => {
  const body = { connectorId: 'email', name: 'Mailbox', settings: mailbox('wrong') };
  const { id } = await hub.admin.call('channelAccounts.create', { body });
  await eventually(async () => expect((await read(id)).state).toBe('paused'));
  expect(await resume(id)).toEqual({
    ok: false,
    message: 'Mailbox stays paused: The IMAP server refuses the user name or password',
  });
  expect((await read(id)).state).toBe('paused');

  await hub.admin.call('channelAccounts.update', { params: { id }, body: { settings: mailbox('right') } });
  expect(await resume(id)).toEqual({ ok: true, message: 'Mailbox works again.' });
  expect(await read(id)).toMatchObject({ state: 'active', health: { ok: true, message: null } });
  await eventually(() => expect(imap.idlers()).toBe(1));

  const { items } = await hub.admin.call('audit.list', {});
  const tries = items.filter(({ action }) => action === 'channel-account.resumed');
  expect(tries.map(({ subject, detail }) => [subject, detail['ok']])).toEqual([
    [id, true],
    [id, false],
  ]);

  await hub.admin.call('channelAccounts.update', { params: { id }, body: { state: 'disabled' } });
  expect(await hub.admin.refused('channelAccounts.resume', { params: { id } })).toMatchObject({ status: 409 });
});
