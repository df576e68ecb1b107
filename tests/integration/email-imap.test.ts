import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anAccount, until } from '../support/email-account.ts';
import { eventually } from '../support/eventually.ts';
import { startImapServer } from '../support/imap-server.ts';

type Differences = Parameters<typeof anAccount>[1];
let server: Awaited<ReturnType<typeof startImapServer>>;
beforeEach(async () => {
  server = await startImapServer();
});
afterEach(() => server.stop());

const mail = (n: number) =>
  `From: jane@example.com\r\nMessage-ID: <${n}@example.com>\r\nSubject: ${n}\r\n\r\nMail ${n}\r\n`;

const account = (differences: Differences = {}, password = 'right') => {
  const inbound = {
    mode: 'imap' as const,
    host: '127.0.0.1',
    port: server.port,
    secure: false,
    user: 'us',
    password,
    mailbox: 'INBOX',
  };
  return anAccount({ inbound }, differences);
};
const reading =
  ({ channel }: ReturnType<typeof account>) =>
  (signal: AbortSignal) =>
    channel.listen?.(signal) ?? Promise.resolve();
const isIdle = () => eventually(() => expect(server.idlers()).toBe(1));
const subjects = ({ received }: ReturnType<typeof account>) =>
  received.map(({ rawBody }) => /Subject: (\d+)/.exec(rawBody.toString())?.[1]);

describe('the IMAP reader', () => {
  it('begins with what is new, hears of it at once and moves its cursor mail by mail', async () => {
    server.deliver(mail(1));
    const us = account();
    await until(async () => {
      await isIdle();
      server.deliver(mail(2));
      server.deliver(mail(3));
      await eventually(() => expect(subjects(us)).toEqual(['2', '3']));
      await eventually(() => expect(us.cursors).toEqual(['1:1', '1:2', '1:3']));
      expect(us.received[0]?.rawBody.toString()).toBe(mail(2));
    }, reading(us));
  });

  it('goes on where it was', async () => {
    for (const n of [1, 2, 3]) server.deliver(mail(n));
    const us = account();
    us.cursors.push('1:1');
    await until(() => eventually(() => expect(subjects(us)).toEqual(['2', '3'])), reading(us));
  });

  it('comes back when the server hangs up', async () => {
    const us = account();
    await until(async () => {
      await isIdle();
      server.hangUp();
      await eventually(() => expect(server.idlers()).toBe(0));
      server.deliver(mail(1));
      await eventually(() => expect(subjects(us)).toEqual(['1']));
    }, reading(us));
  });

  it('offers a mail again that the hub could not keep, and leaves its cursor before it', async () => {
    let refusals = 1;
    const kept: string[] = [];
    const receive: NonNullable<Differences>['receive'] = async ({ rawBody }) => {
      if (refusals-- > 0) throw new Error('disk full');
      kept.push(rawBody.toString());
      return { rawRef: '018f0000-0000-7000-8000-000000000001', outcome: 'accepted' };
    };
    const us = account({ receive });
    us.cursors.push('1:0');
    server.deliver(mail(1));
    await until(async () => {
      await eventually(() => expect(kept).toEqual([mail(1)]));
      await eventually(() => expect(us.cursors).toEqual(['1:0', '1:1']));
    }, reading(us));
  });

  it('goes on after a mail that is put into quarantine', async () => {
    const us = account();
    us.cursors.push('1:0');
    server.deliver(`\0${'x'.repeat(100)}`);
    server.deliver(mail(2));
    await until(() => eventually(() => expect(us.cursors.at(-1)).toBe('1:2')), reading(us));
  });

  it('goes on without a mail that the server cannot give, after three tries', async () => {
    const us = account();
    us.cursors.push('1:0');
    server.deliver(mail(1));
    server.deliver(mail(2));
    server.mailbox.broken.add(1);
    await until(() => eventually(() => expect(subjects(us)).toEqual(['2']), 25_000), reading(us));
  });

  it('reads the last days again when the mailbox was renumbered', async () => {
    const us = account();
    us.cursors.push('7:40');
    server.deliver(mail(1));
    await until(async () => {
      await eventually(() => expect(subjects(us)).toEqual(['1']));
      await eventually(() => expect(us.cursors.at(-1)).toBe('1:1'));
    }, reading(us));
  });

  it('ends when the password is refused, as the administrator must know', async () => {
    const us = account({}, 'wrong');
    await expect(us.channel.listen?.(new AbortController().signal)).rejects.toMatchObject({ code: 'unauthorised' });
    expect(await us.channel.check()).toMatchObject({ ok: false });
  });
});
