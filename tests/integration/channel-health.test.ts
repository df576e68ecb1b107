import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { replyBody } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { startImapServer } from '../support/imap-server.ts';
import { selfSigned } from '../support/self-signed.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';
import { SmsLine } from '../support/sms.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { theTicketWith } from '../support/tickets.ts';

/** How an account does: paused and resumed, how far behind, until when its certificates are good. */
let database: TestDatabase;
let hub: TestHub;
let imap: Awaited<ReturnType<typeof startImapServer>>;
let folder: string;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;

beforeAll(async () => {
  database = await openTestDatabase();
  const certificate = selfSigned('127.0.0.1');
  folder = await mkdtemp(join(tmpdir(), 'channel-health-'));
  await writeFile(join(folder, 'ca.pem'), certificate.cert);
  imap = await startImapServer(certificate);
  sink = await startSmtpSink({ tls: 'implicit', certificate });
  hub = await startHub({ env: { ...database.hubEnv, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') } });
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await imap.stop();
  await sink.stop();
  await database.drop();
  await rm(folder, { recursive: true });
});

const mailbox = (password: string) => ({
  address: 'support@example.org',
  inbound: { mode: 'imap', host: '127.0.0.1', port: imap.port, secure: true, user: 'us', password },
  outbound: { host: '127.0.0.1', port: sink.port, secure: true },
});
const read = (id: string) => hub.admin.call('channelAccounts.read', { params: { id } });
const test = (id: string) => hub.admin.call('channelAccounts.test', { params: { id } });
const turn = (id: string, state: 'active' | 'disabled') =>
  hub.admin.call('channelAccounts.update', { params: { id }, body: { state } });
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

  await turn(id, 'disabled');
  expect(await hub.admin.refused('channelAccounts.resume', { params: { id } })).toMatchObject({ status: 409 });
});

const alarmsOf = async (id: string) =>
  (await hub.admin.call('alarms.list')).items.flatMap(({ id: alarm, words }) => (alarm.includes(id) ? [words] : []));
const metric = async (line: RegExp) => line.exec(await (await fetch(`${hub.url}/metrics`)).text())?.[1];

it('tells until when its certificates are good, and what its mailbox holds that was not fetched', async () => {
  const body = { connectorId: 'email', name: 'Post', settings: mailbox('right') };
  const { id } = await hub.admin.call('channelAccounts.create', { body });
  await eventually(() => expect(imap.idlers()).toBe(1));
  await eventually(async () =>
    expect(await read(id)).toMatchObject({ way: 'connection', health: { connectedAt: expect.any(String) } }),
  );
  expect(await test(id)).toMatchObject({ ok: true });
  const { health } = await read(id);
  expect(health).toMatchObject({ behind: { count: 0 }, expires: { what: 'the certificate of 127.0.0.1' } });
  const tomorrow = Date.now() + 86_400_000;
  expect(Math.abs(Date.parse(health.expires?.at ?? '') - tomorrow)).toBeLessThan(600_000);
  await eventually(
    async () =>
      expect(await alarmsOf(id)).toEqual([
        expect.stringMatching(/^Post needs renewing: the certificate of 127.0.0.1 expires on \d+ \w+ \d{4}$/),
      ]),
    20_000,
  );

  // Nobody fetches meanwhile.
  await turn(id, 'disabled');
  await eventually(() => expect(imap.idlers()).toBe(0));
  const halfAnHourAgo = new Date(Date.now() - 30 * 60_000);
  for (const n of [1, 2]) imap.deliver(`Message-ID: <${n}@example.com>\r\n\r\nMail ${n}\r\n`, halfAnHourAgo);
  expect(await test(id)).toMatchObject({ ok: true });
  expect((await read(id)).health.behind).toMatchObject({ count: 2 });
  expect(Math.round(((await read(id)).health.behind?.oldestMs ?? 0) / 60_000)).toBe(30);
});

it('tells how long the oldest message of an account waits to be sent', async () => {
  const line = await SmsLine.of(hub);
  try {
    expect(await line.receives(hub.url, '+15557770103', 'Are you there?')).toBe(200);
    const { detail } = await theTicketWith(hub.admin, 'Are you there?');
    const of = async () => (await read(line.accountId)).health.lag;
    expect(await of()).toEqual({ inMs: 0, outMs: 0 });
    // It is tried again two seconds later.
    line.provider.next({ status: 429, body: {} });
    await hub.admin.call('tickets.reply', { params: { id: detail.ticket.id }, body: replyBody(detail, 'Soon.') });
    await eventually(async () => expect((await of()).outMs).toBeGreaterThan(500));
    const seconds = await metric(
      new RegExp(
        `switchboard_channel_lag_seconds\\{account="${line.accountId}",channel="sms",direction="out"\\} (\\S+)`,
      ),
    );
    expect(Number(seconds)).toBeGreaterThan(0.5);
    await eventually(async () => expect(line.sentTo('+15557770103')).toEqual(['Soon.']), 20_000);
    await eventually(async () => expect((await of()).outMs).toBe(0));
  } finally {
    await line.provider.close();
  }
});
