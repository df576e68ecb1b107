import type { AttachmentStream, StructuredHeader } from 'mailparser';
import { once } from 'node:events';
import { decodeSniffed, withUnknownCharsets } from './charset.ts';
import { isTooDeep, withoutTags } from './html-depth.ts';
import type { Mail, MailFile } from './mail.ts';
import { streamMail, type StreamedMail } from './mail-stream.ts';
import { parseMailboxes } from './mailboxes.ts';
import { idFromContent, idsIn } from './message-ids.ts';

const machineText = /^(message\/|text\/)/;
const machineTextBytes = 256 * 1024;

const extensions: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  plain: 'txt',
  rfc822: 'eml',
  calendar: 'ics',
  'svg+xml': 'svg',
  'octet-stream': 'bin',
  'delivery-status': 'txt',
  'rfc822-headers': 'txt',
};

const nameOf = (file: AttachmentStream): string => {
  const given = file.filename?.trim();
  if (given) return given.slice(0, 500);
  const subtype = file.contentType.split('/')[1] ?? 'bin';
  return `attachment.${extensions[subtype] ?? subtype.replace(/^x-/, '')}`;
};

const readFile = async (file: AttachmentStream, index: number): Promise<MailFile> => {
  const kept: Buffer[] = [];
  const mimeType = file.contentType.toLowerCase();
  const keeps = machineText.test(mimeType);
  let bytes = 0;
  file.content.on('data', (chunk: Buffer) => {
    if (keeps && bytes < machineTextBytes) kept.push(chunk);
    bytes += chunk.length;
  });
  await once(file.content, 'end');
  const contentId = file.cid?.slice(0, 500);
  const text = decodeSniffed(Buffer.concat(kept), 'utf-8').replace(/\r\n/g, '\n');
  return { index, fileName: nameOf(file), mimeType, bytes, ...(contentId && { contentId }), ...(keeps && { text }) };
};

const headersOf = (streamed: StreamedMail): Map<string, string[]> => {
  const headers = new Map<string, string[]>();
  for (const { key, line } of streamed.headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n(?=[ \t])/g, '')
      .trim();
    // Eight-bit characters in a header are against the rules and common; mailparser hands the bytes through as Latin-1.
    const readable = /[\x80-\xff]/.test(value) ? decodeSniffed(Buffer.from(value, 'latin1'), 'windows-1252') : value;
    headers.set(key, [...(headers.get(key) ?? []), readable]);
  }
  return headers;
};

const typeOf = (streamed: StreamedMail): { contentType: string; reportType: string } => {
  const type = streamed.headers ? (streamed.headers.get('content-type') as StructuredHeader | undefined) : undefined;
  return {
    contentType: type?.value.toLowerCase() ?? 'text/plain',
    reportType: type?.params['report-type']?.toLowerCase() ?? '',
  };
};

/** mailparser has decoded the encoded words; raw eight-bit subjects are sniffed by `headersOf`. */
const subjectOf = (streamed: StreamedMail, plain: string): string => {
  const decoded = streamed.headers ? streamed.headers.get('subject') : undefined;
  const subject = typeof decoded === 'string' && !decoded.includes('\uFFFD') ? decoded : plain;
  return subject.replace(/\s+/g, ' ').trim();
};

const bodyOf = ({ text, html }: StreamedMail): { text: string; html: string } =>
  isTooDeep(html) ? { text: text.trim() === '' ? withoutTags(html) : text, html: '' } : { text, html };

const dateOf = (value: string): Date | null => {
  const date = new Date(value.replace(/\s*\([^)]*\)\s*$/, ''));
  return value && !Number.isNaN(date.getTime()) ? date : null;
};

const assemble = (raw: Buffer, streamed: StreamedMail, files: MailFile[]): Mail => {
  const headers = headersOf(streamed);
  const first = (name: string) => headers.get(name)?.[0] ?? '';
  return {
    headers,
    ...typeOf(streamed),
    subject: subjectOf(streamed, first('subject')),
    from: parseMailboxes(first('from'))[0] ?? null,
    replyTo: parseMailboxes(first('reply-to'))[0] ?? null,
    to: parseMailboxes((headers.get('to') ?? []).join(', ')),
    cc: parseMailboxes((headers.get('cc') ?? []).join(', ')),
    date: dateOf(first('date')),
    messageId: idsIn(first('message-id'))[0] ?? idFromContent(raw),
    inReplyTo: idsIn((headers.get('in-reply-to') ?? []).join(' ')),
    references: idsIn((headers.get('references') ?? []).join(' ')),
    ...bodyOf(streamed),
    files,
  };
};

const read = async (raw: Buffer): Promise<{ streamed: StreamedMail; files: MailFile[] }> => {
  const files: MailFile[] = [];
  const streamed = await streamMail(raw, async (file, index) => {
    files.push(await readFile(file, index));
  });
  return { streamed, files };
};

const misread = (streamed: StreamedMail) => streamed.text.includes('\uFFFD') || streamed.html.includes('\uFFFD');
const japaneseEscapes = (streamed: StreamedMail) => streamed.text.includes('\x1b$B');

export const readMail = async (raw: Buffer): Promise<Mail> => {
  const { streamed, files } = await read(raw);
  if (!misread(streamed) && !japaneseEscapes(streamed)) return assemble(raw, streamed, files);
  const again = await read(withUnknownCharsets(raw));
  return assemble(raw, again.streamed, again.files);
};
