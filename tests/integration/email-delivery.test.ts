import { afterEach, describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { vouch } from '../../connectors/kit/vouch.ts';
import { aMessage, anAccount } from '../support/email-account.ts';
import { freePort } from '../support/hub.ts';
import { smtpReply, startSmtpSink, type SinkScript } from '../support/smtp-sink.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const withSink = async (
  script: SinkScript = {},
  differences: Parameters<typeof anAccount>[1] = {},
  anyCertificate = false,
) => {
  const sink = await startSmtpSink(script);
  stops.push(sink.stop);
  const outbound = {
    host: '127.0.0.1',
    port: sink.port,
    secure: script.tls === 'implicit',
    anyCertificate,
    ...(script.auth && { user: 'us', password: 'secret-word' }),
  };
  return { ...anAccount({ outbound }, differences), mails: sink.mails };
};

const read = async (raw: Buffer | undefined) => simpleParser(raw ?? Buffer.alloc(0));
const requestOf = (rawBody: Buffer) =>
  vouch({ method: 'SMTP', url: 'smtp:', hook: '', headers: {}, rawBody, receivedAt: new Date() });

describe('an answer', () => {
  it('has the headers that hold its thread, and an id known beforehand', async () => {
    const { channel, mails } = await withSink();
    const command = aMessage({
      inReplyTo: 'second@example.com',
      references: ['first@example.com', 'second@example.com'],
    });
    const receipt = await channel.deliver(command);
    const mail = await read(mails[0]?.raw);
    expect(mail).toMatchObject({
      messageId: `<${receipt.externalId}>`,
      inReplyTo: '<second@example.com>',
      references: ['<first@example.com>', '<second@example.com>'],
      subject: 'Re: Order',
      from: { value: [{ address: 'support@example.org', name: 'Example Support' }] },
      to: { value: [{ address: 'jane@example.com', name: 'Jane Doe' }] },
    });
    expect(receipt.state).toBe('sent');
    expect(mail.headers.has('auto-submitted')).toBe(false);
    expect((await channel.deliver(command)).externalId).toBe(receipt.externalId);
  });

  it('is text and HTML, with the signature below', async () => {
    const { channel, mails } = await withSink();
    await channel.deliver(aMessage({ parts: [{ type: 'html', html: '<p>It is <b>on its way</b>.</p>' }] }));
    const mail = await read(mails[0]?.raw);
    expect(mail.text).toBe('It is on its way.\n\n-- \nExample Support\nwww.example.org\n');
    expect(mail.html).toContain('<p>It is <b>on its way</b>.</p>');
    expect(mail.html).toContain('www.example.org');
  });

  it('goes to those in copy once each, and never to ourselves', async () => {
    const { channel, mails } = await withSink();
    const cc = ['tom@example.com', 'jane@example.com', 'help@example.org'].map((externalId) => ({
      externalId,
      handles: [],
    }));
    await channel.deliver(aMessage({ cc }));
    expect(mails[0]?.to).toEqual(['jane@example.com', 'tom@example.com']);
  });

  it('asks to be answered at an address that brings the ticket back', async () => {
    const { channel, mails } = await withSink();
    const replyToken = '018f0000-0000-7000-8000-000000000042';
    await channel.deliver(aMessage({ thread: { externalId: 'first@example.com', replyToken } }));
    const { replyTo } = await read(mails[0]?.raw);
    const address = replyTo?.value[0]?.address ?? '';
    expect(address).toMatch(/^support\+[a-z2-7]+@example\.org$/);
    const answer = Buffer.from(`From: jane@example.com\r\nTo: ${address}\r\nMessage-ID: <9@example.com>\r\n\r\nThanks`);
    expect(await channel.parse(requestOf(answer))).toMatchObject([{ thread: { replyToken } }]);
  });

  it('is no news when it comes back to us', async () => {
    const { channel, mails } = await withSink();
    await channel.deliver(aMessage());
    expect(await channel.parse(requestOf(mails[0]?.raw ?? Buffer.alloc(0)))).toEqual([]);
  });

  it('carries files, and pictures where the HTML shows them', async () => {
    const readMedia = async (mediaId: string) => ({
      stream: Readable.from(['PNG']),
      fileName: `${mediaId.slice(-1)}.png`,
      mimeType: 'image/png',
      bytes: 3,
    });
    const { channel, mails } = await withSink({}, { readMedia });
    const media = (last: number, contentId?: string) => ({
      type: 'media' as const,
      media: { source: 'hub', mediaId: `018f0000-0000-7000-8000-00000000000${last}`, ...(contentId && { contentId }) },
    });
    await channel.deliver(
      aMessage({ parts: [{ type: 'html', html: '<img src="cid:p1">' }, media(1, 'p1'), media(2)] }),
    );
    const sent = mails[0]?.raw ?? Buffer.alloc(0);
    expect((await read(sent)).attachments.map(({ filename, cid }) => [filename, cid])).toEqual([
      ['1.png', 'p1'],
      ['2.png', undefined],
    ]);
    const file = await channel.openMedia?.('part:1', async () => requestOf(sent));
    expect(file && (await text(file))).toBe('PNG');
  });
});

const failures: readonly (readonly [name: string, script: SinkScript, code: string, message: RegExp])[] = [
  ['an unknown recipient', { recipient: () => smtpReply(550, '5.1.1 No such user') }, 'rejected', /No such user/],
  ['a full disk', { data: () => smtpReply(452, '4.3.1 Out of space') }, 'temporary', /Out of space/],
  ['a mail that is refused', { data: () => smtpReply(554, '5.7.1 Spam') }, 'rejected', /Spam/],
  [
    'a wrong password',
    { auth: true, signIn: smtpReply(535, '5.7.8 Bad credentials') },
    'unauthorised',
    /user name or password/,
  ],
  ['a connection that ends after the mail', { data: () => 'cut' }, 'unknown', /may have gone out/],
  [
    'a refused recipient with others in copy',
    { recipient: (address) => (address.startsWith('jane') ? smtpReply(550, 'no') : null) },
    'rejected',
    /refuses jane/,
  ],
];

describe('a failure', () => {
  for (const [name, script, code, message] of failures) {
    it(`is ${code}: ${name}`, async () => {
      const { channel } = await withSink(script);
      const cc = [{ externalId: 'tom@example.com', handles: [] }];
      const sending = channel.deliver(aMessage(name.includes('copy') ? { cc } : {}));
      await expect(sending).rejects.toMatchObject({
        name: 'ConnectorError',
        code,
        message: expect.stringMatching(message),
      });
      await expect(sending).rejects.not.toMatchObject({ message: expect.stringContaining('secret-word') });
    });
  }

  it('is temporary: nobody answers', async () => {
    const { channel } = anAccount({
      outbound: { host: '127.0.0.1', port: await freePort(), secure: false, anyCertificate: false },
    });
    await expect(channel.deliver(aMessage())).rejects.toMatchObject({ code: 'temporary' });
  });

  it('is unsupported: a part that no mail can carry', async () => {
    const { channel } = await withSink();
    const parts = [{ type: 'location' as const, latitude: 1, longitude: 2 }];
    await expect(channel.deliver(aMessage({ parts }))).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('the check', () => {
  it('is well when the server lets us in', async () => {
    const { channel } = await withSink({ auth: true });
    expect(await channel.check()).toMatchObject({ ok: true });
  });

  it('tells a wrong password', async () => {
    const { channel } = await withSink({ auth: true, signIn: smtpReply(535, '5.7.8 Bad credentials') });
    expect(await channel.check()).toMatchObject({ ok: false, code: 'unauthorised' });
  });
});

describe.each(['starttls', 'implicit'] as const)('a server that encrypts (%s)', (tls) => {
  it('is refused with a certificate that nobody vouches for, before the password or the mail', async () => {
    const { channel, mails } = await withSink({ tls, auth: true, signIn: new Error('nobody should ask') });
    await expect(channel.deliver(aMessage())).rejects.toMatchObject({
      code: 'unauthorised',
      message: expect.stringContaining('certificate is not trusted'),
    });
    expect(await channel.check()).toMatchObject({ ok: false, code: 'unauthorised' });
    expect(mails).toEqual([]);
  });

  it('is spoken to in secret where the account allows any certificate', async () => {
    const { channel, mails } = await withSink({ tls, auth: true }, {}, true);
    await channel.deliver(aMessage());
    expect(mails.map(({ encrypted }) => encrypted)).toEqual([true]);
    expect(await channel.check()).toMatchObject({ ok: true });
  });
});
