import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FrameAnswer } from '@switchboard/contract';
import { createTransport } from 'nodemailer';
import { newId } from '../../server/src/platform/clock/clock.ts';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { startImapServer } from '../support/imap-server.ts';
import { MailLine } from '../support/mail-line.ts';
import { openTestDatabase, type TestDatabase } from '../support/services/index.ts';
import { textOf, theTicketWith, ticketsWith } from '../support/tickets.ts';
import { Visitor } from '../support/visitor.ts';

/** More than a hub lets wait before it asks what comes in to come again. */
const TOO_MUCH = 20_500;
/** In a lane of the worker that nobody works on: it only waits. */
const LANE = 'tickets/full';
let database: TestDatabase;
let hub: TestHub;
let receiver: MailLine;
let mailbox: Awaited<ReturnType<typeof startImapServer>>;
let imapAccount: string;
let chat: string;

beforeAll(async () => {
  database = await openTestDatabase();
  hub = await startHub({ env: database.hubEnv });
  receiver = await MailLine.of(hub, 'receiver@example.org');
  mailbox = await startImapServer();
  const inbound = { mode: 'imap', host: '127.0.0.1', port: mailbox.port, secure: false, user: 'us', password: 'right' };
  const outbound = { host: '127.0.0.1', port: receiver.sink.port, secure: false };
  const settings = { address: 'mailbox@example.org', displayName: 'Acme', inbound, outbound };
  const account = await hub.admin.call('channelAccounts.create', {
    body: { connectorId: 'email', name: 'Mailbox', settings },
  });
  imapAccount = account.id;
  const widget = await hub.admin.call('channelAccounts.create', {
    body: { connectorId: 'webchat', name: 'Widget', settings: {} },
  });
  chat = widget.id;
  await eventually(() => expect(mailbox.idlers()).toBe(1));
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await Promise.all([receiver.sink.stop(), mailbox.stop()]);
  await database.drop();
});

const waiting = () => database.connection.collection<{ _id: string }>('bus_messages');

/** So much waits for the worker that nothing more is let in, until the returned function takes it away. */
async function fill(): Promise<() => Promise<void>> {
  const message = { lane: LANE, body: '{}', attempt: 1, publishedAt: new Date() };
  await waiting().insertMany(Array.from({ length: TOO_MUCH }, () => ({ ...message, _id: newId() })));
  // It looks how much waits while something comes in: what it learns, others feel.
  const visitor = await Visitor.on(hub.url, chat);
  await eventually(async () => expect(await visitor.says('is it full?')).toMatchObject({ ok: false }));
  visitor.leaves();
  return async () => void (await waiting().deleteMany({ lane: LANE }));
}

/** As the widget does: again after a while, for so long as it is asked to. Faster, it would be told that it is too fast. */
async function insists(says: () => Promise<FrameAnswer>): Promise<void> {
  for (let answer = await says(); !answer.ok; answer = await says()) {
    expect(answer).toMatchObject({ retryable: true });
    await delay(1_000);
  }
}

/** Stored once, and once only when all has come to rest: something that came after it is there, too. */
async function isStoredOnce(words: string): Promise<void> {
  await theTicketWith(hub.admin, words);
  const later = await Visitor.on(hub.url, chat);
  const id = newId();
  await insists(() => later.says(`after ${words}`, id));
  await theTicketWith(hub.admin, `after ${words}`);
  later.leaves();
  const found = (await ticketsWith(hub.admin, words)).flatMap(({ entries }) =>
    entries.filter((entry) => entry.type === 'message' && textOf(entry) === words),
  );
  expect(found).toHaveLength(1);
}

describe('a hub that can take no more', () => {
  it('asks a mail server to come again, which it does, and has its mail once', async () => {
    const empty = await fill();
    const mail = { from: 'jane@example.com', to: receiver.address, subject: 'Full', messageId: '<full-1@example.com>' };
    const server = createTransport({ host: '127.0.0.1', port: receiver.port, ignoreTLS: true });
    const sends = () => server.sendMail({ ...mail, text: 'Mail to a full hub' });
    await expect(sends()).rejects.toMatchObject({ responseCode: 451 });
    expect(await ticketsWith(hub.admin, 'Mail to a full hub')).toEqual([]);
    await empty();
    // As a mail server does, until it is taken; and once more, as after a lost answer.
    await eventually(sends);
    await sends();
    await isStoredOnce('Mail to a full hub');
  }, 120_000);

  it('leaves a mail in its mailbox and its place before it, and takes it when it may', async () => {
    const cursor = async () => {
      const accounts = database.connection.collection<{ _id: string; cursor?: string }>('channelaccounts');
      return (await accounts.findOne({ _id: imapAccount }))?.cursor;
    };
    const before = await eventually(async () => {
      const now = await cursor();
      expect(now).toBeDefined();
      return now;
    });
    const empty = await fill();
    const raw =
      'From: jo@example.com\r\nMessage-ID: <full-2@example.com>\r\nSubject: Full\r\n\r\nMail in a mailbox\r\n';
    mailbox.deliver(raw);
    // It has waited as long as it does, and was sent away.
    await eventually(() => expect(hub.log.some((line) => line.includes('imap connection lost'))).toBe(true), 60_000);
    expect(await cursor()).toBe(before);
    expect(await ticketsWith(hub.admin, 'Mail in a mailbox')).toEqual([]);
    await empty();
    await isStoredOnce('Mail in a mailbox');
    expect(await cursor()).not.toBe(before);
  }, 120_000);

  it('tells a widget to keep its message, and knows it when it comes twice', async () => {
    const visitor = await Visitor.on(hub.url, chat);
    const empty = await fill();
    const id = newId();
    const says = () => visitor.says('Words for a full hub', id);
    expect(await says()).toMatchObject({ ok: false, retryable: true });
    await empty();
    await insists(says);
    await insists(says);
    await isStoredOnce('Words for a full hub');
    visitor.leaves();
  }, 60_000);
});
