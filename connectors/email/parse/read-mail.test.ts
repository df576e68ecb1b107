import { describe, expect, it } from '@jest/globals';
import { text } from 'node:stream/consumers';
import { openPart } from './open-part.ts';
import { readMail } from './read-mail.ts';

const read = (head: string, body: Buffer | string = 'x') =>
  readMail(Buffer.concat([Buffer.from(`${head.replaceAll('\n', '\r\n')}\r\n\r\n`), Buffer.from(body)]));

const labelled = (charset: string, encoding = '8bit') =>
  `From: a@example.com\nContent-Type: text/plain; charset=${charset}\nContent-Transfer-Encoding: ${encoding}`;

const bodies: readonly (readonly [name: string, head: string, body: Buffer, text: string])[] = [
  ['UTF-8 called Big5', labelled('Big5'), Buffer.from('您好'), '您好'],
  ['UTF-8 called ISO-8859-1', labelled('iso-8859-1'), Buffer.from('Grüße'), 'Grüße'],
  ['Latin-1 called UTF-8', labelled('utf-8'), Buffer.from('Gr\xfc\xdfe', 'latin1'), 'Grüße'],
  ['Latin-1 called nothing', 'From: a@example.com', Buffer.from('Gr\xfc\xdfe', 'latin1'), 'Grüße'],
  ['Latin-1 as it is labelled', labelled('iso-8859-1'), Buffer.from('Gr\xfc\xdfe', 'latin1'), 'Grüße'],
  ['Windows-1251 as it is labelled', labelled('windows-1251'), Buffer.from([0xcf, 0xf0, 0xe8]), 'При'],
  ['Japanese called ASCII', labelled('us-ascii', '7bit'), Buffer.from('\x1b$B$3$s\x1b(B'), 'こん'],
  ['an unknown charset', labelled('x-nonsense'), Buffer.from('Gr\xfc\xdfe', 'latin1'), 'Grüße'],
];

describe('text', () => {
  for (const [name, head, body, expected] of bodies)
    it(`is read: ${name}`, async () => expect((await read(head, body)).text.trim()).toBe(expected));

  it('is read from a subject of raw bytes', async () => {
    const mail = await readMail(Buffer.from('From: a@example.com\r\nSubject: Gr\xfc\xdfe\r\n\r\nx', 'latin1'));
    expect(mail.subject).toBe('Grüße');
  });
});

describe('ids', () => {
  it('are taken without brackets, even with two @', async () => {
    const mail = await read(
      'Message-ID: <CAF@mail.example.com@gateway.example.org>\nIn-Reply-To: <a@b>\n <c@d>\nReferences: <e@f> <g>',
    );
    expect(mail).toMatchObject({
      messageId: 'CAF@mail.example.com@gateway.example.org',
      inReplyTo: ['a@b', 'c@d'],
      references: ['e@f', 'g'],
    });
  });

  it('are made from the bytes where a mail has none', async () => {
    const [one, same, other] = [
      await read('Message-ID: <>'),
      await read('Message-ID: <>'),
      await read('Message-ID: <>', 'y'),
    ];
    expect(one?.messageId).toMatch(/^[0-9a-f]{40}@no-message-id\.invalid$/);
    expect(same?.messageId).toBe(one?.messageId);
    expect(other?.messageId).not.toBe(one?.messageId);
  });
});

const withFiles = `From: a@example.com
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain

See the files.
--x
Content-Type: image/png; name=""
Content-ID: <shot@example.com>
Content-Transfer-Encoding: base64

aGVsbG8=
--x
Content-Type: text/plain; name=notes.txt
Content-Disposition: attachment; filename=notes.txt

some notes
--x
Content-Type: message/rfc822
Content-Disposition: inline

From: b@example.com
Subject: inner

inner text
--x--
`.replaceAll('\n', '\r\n');

describe('files', () => {
  it('are listed with names, types and sizes, an attached mail among them', async () => {
    const { files, text: body } = await readMail(Buffer.from(withFiles));
    expect(files).toMatchObject([
      { index: 0, fileName: 'attachment.png', mimeType: 'image/png', bytes: 5, contentId: 'shot@example.com' },
      { index: 1, fileName: 'notes.txt', mimeType: 'text/plain', bytes: 10 },
      { index: 2, fileName: 'attachment.eml', mimeType: 'message/rfc822' },
    ]);
    expect(body.trim()).toBe('See the files.');
  });

  it('are opened by their place', async () => {
    expect(await text(openPart('part:0', Buffer.from(withFiles)))).toBe('hello');
    expect(await text(openPart('part:1', Buffer.from(withFiles)))).toBe('some notes');
  });

  it('are told to be missing', async () => {
    await expect(text(openPart('part:7', Buffer.from(withFiles)))).rejects.toMatchObject({ code: 'rejected' });
  });
});

it('reads no tree of a million elements', async () => {
  const mail = await read('From: a@example.com\nContent-Type: text/html', `${'<b>'.repeat(100_000)}Hello`);
  expect({ text: mail.text.trim(), html: mail.html }).toEqual({ text: 'Hello', html: '' });
});
