import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TicketDetail } from '@switchboard/contract';
import { eventually } from '../support/eventually.ts';
import { startHub, type TestHub } from '../support/hub.ts';
import { aBounce, MailLine } from '../support/mail-line.ts';
import { messagesOf, textOf, theMessage, theTicketWith, ticketsWith } from '../support/tickets.ts';

/** Real SMTP in, real SMTP out, the built hub between them. */
const jane = 'Jane Doe <jane@example.com>';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC',
  'base64',
);
const pdf = Buffer.from('%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n');

let hub: TestHub;
let line: MailLine;
const lines: MailLine[] = [];

beforeAll(async () => {
  hub = await startHub();
  line = await MailLine.of(hub, 'support@example.org');
  lines.push(line);
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await Promise.all(lines.map(({ sink }) => sink.stop()));
});

const inbound = (words: string) => theTicketWith(hub.admin, words);

async function answer({ ticket, targets }: TicketDetail, html: string): Promise<void> {
  await hub.admin.call('tickets.reply', {
    params: { id: ticket.id },
    body: {
      clientId: crypto.randomUUID(),
      threadId: targets[0]?.threadId ?? '',
      parts: [
        { type: 'text', text: html.replace(/<[^>]+>/g, '') },
        { type: 'html', html },
      ],
    },
  });
}

it('makes a ticket of a mail: new words, quoted part, files and the html in a sandbox', async () => {
  await line.receives({
    from: jane,
    subject: 'The lamp is broken',
    text: 'Hello,\n\nthe lamp flickers.\n\nOn Mon, 2 Nov 2026 at 10:00, Acme Shop wrote:\n> Thank you for your order',
    html: `<p>Hello,</p><p>the lamp flickers.</p><img src="cid:photo@mail"><img src="https://tracker.example/x.png">
      <script>alert(1)</script><blockquote type="cite">On Mon, 2 Nov 2026 at 10:00, Acme Shop wrote:<br>Thank you for your order</blockquote>`,
    attachments: [
      { filename: 'receipt.pdf', content: pdf, contentType: 'application/pdf' },
      { filename: 'photo.png', content: png, contentType: 'image/png', cid: 'photo@mail' },
    ],
  });
  const { detail, message } = await inbound('the lamp flickers.');
  expect(detail.ticket).toMatchObject({ subject: 'The lamp is broken', status: 'new', channel: 'email' });
  expect(detail.customer).toMatchObject({ name: 'Jane Doe', handles: [{ type: 'email', value: 'jane@example.com' }] });
  expect(textOf(message)).toBe('Hello,\n\nthe lamp flickers.');
  expect(message.quoted).toContain('Thank you for your order');
  expect(message.joinedBy).toBe('new-ticket');

  const { parts } = await theMessage(hub.admin, detail.ticket.id, 'the lamp flickers.', ({ parts: fetched }) =>
    expect(fetched.filter(({ type }) => type === 'media')).toEqual([
      expect.objectContaining({ media: expect.objectContaining({ mediaId: expect.any(String) }) }),
      expect.objectContaining({ media: expect.objectContaining({ mediaId: expect.any(String) }) }),
    ]),
  );
  const files = parts.flatMap((part) => (part.type === 'media' ? [part.media] : []));
  const fileNamed = (name: string) => files.find(({ fileName }) => fileName === name);
  expect(fileNamed('receipt.pdf')).toMatchObject({ bytes: pdf.length, mimeType: 'application/pdf' });
  expect(fileNamed('photo.png')).toMatchObject({ bytes: png.length, contentId: 'photo@mail' });
  const download = await hub.admin.fetch(`/api/v1/media/${fileNamed('receipt.pdf')?.mediaId}`);
  expect(Buffer.from(await download.arrayBuffer())).toEqual(pdf);
  expect(download.headers.get('content-disposition')).toContain('attachment');

  const at = `/api/v1/tickets/${detail.ticket.id}/entries/${message.id}/html`;
  const page = await hub.admin.fetch(at);
  expect(page.headers.get('content-security-policy')).toMatch(/^sandbox /);
  expect(page.headers.get('content-security-policy')).toContain("img-src 'self' data:;");
  const html = await page.text();
  expect(html).not.toMatch(/<script|alert/);
  // The page has an origin of its own: its pictures come without a cookie.
  const picture = /src="([^"]*\/media\/[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const shown = await fetch(new URL(picture, hub.url));
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(png);
  const withImages = await hub.admin.fetch(`${at}?images=1`);
  expect(withImages.headers.get('content-security-policy')).toContain("img-src 'self' data: https:");
});

it('answers in the thread, and finds it again by reference, by plus-address, but never for a stranger', async () => {
  const asked = await line.receives({ from: jane, subject: 'Where is my order?', text: 'It should be here by now.' });
  const { detail } = await inbound('It should be here by now.');
  const { id, number } = detail.ticket;
  await answer(detail, '<p>It is <b>on its way</b>.</p>');
  const mail = await line.sent('It is on its way.');
  expect(mail).toMatchObject({
    inReplyTo: `<${asked}>`,
    subject: 'Re: Where is my order?',
    from: { value: [{ address: 'support@example.org', name: 'Acme Support' }] },
    to: { value: [{ address: 'jane@example.com', name: 'Jane Doe' }] },
  });
  expect([mail.references].flat()).toEqual([`<${asked}>`]);
  expect(mail.html).toContain('<b>on its way</b>');
  const plus = mail.replyTo?.value[0]?.address ?? '';
  expect(plus).toMatch(/^support\+[a-z0-9]+@example\.org$/);
  await theMessage(hub.admin, id, 'on its way', ({ state }) => expect(state).toBe('sent'));

  const ours = mail.messageId ?? '';
  const subject = 'Re: Where is my order?';
  await line.receives({ from: jane, subject, text: 'Good, by reference.', inReplyTo: ours, references: [ours] });
  expect((await theMessage(hub.admin, id, 'by reference')).joinedBy).toBe('reference');
  await line.receives({ from: jane, to: plus, subject: 'something else', text: 'Good, by the address.' });
  expect((await theMessage(hub.admin, id, 'by the address')).joinedBy).toBe('reply-token');
  await line.receives({ from: 'eve@example.net', to: plus, subject, text: 'Send it to me.', inReplyTo: ours });
  const stranger = await inbound('Send it to me.');
  expect(stranger.detail.ticket.number).not.toBe(number);
  expect(messagesOf(stranger.detail)).toHaveLength(1);
  // Nor does a subject alone join anything.
  await line.receives({ from: jane, subject, text: 'Another matter.' });
  expect((await inbound('Another matter.')).detail.ticket.number).not.toBe(number);
}, 60_000);

it('keeps one mail to two mailboxes once in each, and the same mail again once', async () => {
  const sales = await MailLine.of(hub, 'sales@example.org', line);
  lines.push(sales);
  const mail = {
    from: jane,
    subject: 'To you both',
    text: 'One mail, two mailboxes.',
    messageId: '<both@mail.example>',
  };
  await line.receives({ ...mail, to: ['support@example.org', 'sales@example.org'] });
  await line.receives({ ...mail, to: ['support@example.org', 'sales@example.org'] });
  await eventually(async () => {
    const found = (await ticketsWith(hub.admin, mail.text)).flatMap(messagesOf);
    expect(found.map(({ channelAccountId }) => channelAccountId).toSorted()).toEqual(
      [line.accountId, sales.accountId].toSorted(),
    );
    expect(found.map(({ passport }) => passport.duplicates)).toEqual([1, 1]);
  });
});

it('marks the message that bounced as failed, says why, and asks for attention', async () => {
  await line.receives({ from: 'gone@example.com', subject: 'Call me', text: 'I am soon away.' });
  const { detail } = await inbound('I am soon away.');
  const { id } = detail.ticket;
  await answer(detail, '<p>We called in vain.</p>');
  const { messageId = '' } = await line.sent('We called in vain.');
  await theMessage(hub.admin, id, 'in vain', ({ state }) => expect(state).toBe('sent'));
  const bounce = { messageId: messageId.slice(1, -1), recipient: 'gone@example.com', to: line.address };
  await line.receivesRaw('', aBounce(bounce));
  const message = await theMessage(hub.admin, id, 'in vain', ({ state }) => expect(state).toBe('failed'));
  expect(message.reason).toMatch(/gone@example\.com: .*mailbox does not exist/);
  const { ticket, entries } = await hub.admin.call('tickets.read', { params: { id } });
  expect(ticket.needsAttention).toBe(true);
  expect(entries.filter(({ type }) => type === 'message')).toHaveLength(2);
});

it('marks an auto-reply, which starts no clock and reopens nothing', async () => {
  const headers = { 'Auto-Submitted': 'auto-replied' };
  await line.receives({ from: jane, subject: 'Out of office', text: 'I am on holiday.', headers });
  const { detail, message } = await inbound('I am on holiday.');
  expect(message.automatic).toBe('auto-reply');
  expect(detail.ticket).toMatchObject({ waitingSince: null, firstResponse: null, nextResponse: null });

  const asked = await line.receives({ from: jane, subject: 'Invoice', text: 'Please send the invoice.' });
  const asking = await inbound('Please send the invoice.');
  await hub.admin.call('tickets.update', { params: { id: asking.detail.ticket.id }, body: { status: 'resolved' } });
  const subject = 'Automatic reply: Invoice';
  await line.receives({ from: jane, subject, text: 'Back on Monday.', headers, inReplyTo: `<${asked}>` });
  await theMessage(hub.admin, asking.detail.ticket.id, 'Back on Monday.', (_, { ticket }) =>
    expect(ticket.status).toBe('resolved'),
  );
});

it('reads the oddest mail, and goes on with the next', async () => {
  // An id, and with its recipient a key, that is longer than any we keep.
  const bounce = { messageId: 'nobody@example.org', recipient: 'somebody.far.away@example.com', to: line.address };
  await line.receivesRaw('', aBounce({ ...bounce, id: 'x'.repeat(970) }));
  await line.receivesRaw('odd@example.com', 'No header, and hardly a word.');
  await line.receives({ from: jane, subject: 'After it', text: 'The next one.' });
  await inbound('The next one.');
  await inbound('(empty message)');
  expect(await hub.admin.call('quarantine.count')).toEqual({ count: 0 });
});

it('reopens what was resolved lately, and begins anew after that', async () => {
  const asked = await line.receives({ from: jane, subject: 'Refund', text: 'I want a refund.' });
  const { detail } = await inbound('I want a refund.');
  const { id, number } = detail.ticket;
  const resolve = () => hub.admin.call('tickets.update', { params: { id }, body: { status: 'resolved' } });
  await resolve();
  const more = { from: jane, subject: 'Re: Refund', inReplyTo: `<${asked}>` };
  await line.receives({ ...more, text: 'Not yet solved.' });
  await theMessage(hub.admin, id, 'Not yet solved.', (_, { ticket }) =>
    expect(ticket).toMatchObject({ status: 'open', resolvedAt: null }),
  );
  await eventually(async () => {
    const { entries } = await hub.admin.call('tickets.entries', { params: { id } });
    expect(entries).toContainEqual(expect.objectContaining({ type: 'event', event: 'ticket.reopened' }));
  });
  await resolve();
  await hub.admin.call('organisation.update', { body: { reopenWithinHours: 0 } });
  await line.receives({ ...more, text: 'Much later.' });
  const later = await inbound('Much later.');
  expect(later.detail.ticket.number).not.toBe(number);
  expect(later.detail.ticket.customer.id).toBe(detail.customer.id);
});
