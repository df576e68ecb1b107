import type { Mail } from '../mail.ts';
import { textOfHtml } from '../reply-text/split-html.ts';
import { idsIn } from '../message-ids.ts';
import { fieldGroups, type Fields } from './fields.ts';

/** The mail that a report is about, as far as the report gives it back. */
export interface Returned {
  readonly messageId?: string;
  readonly fields: Fields;
}

const knownHeader =
  /^[ \t>]*(received|return-path|message-id|from|to|cc|subject|date|mime-version|content-type|content-transfer-encoding|delivered-to|dkim-signature|reply-to|sender|user-agent|x-[a-z-]+)\s*:/i;

/**
 * Where a returned mail begins in the running text of a report: at three header lines close together, of which one is a
 * Received, Message-ID or From. No list of "--- Below this line is a copy" in all its wordings.
 */
export const returnedMailAt = (lines: readonly string[]): number =>
  lines.findIndex((line, at) => {
    if (!knownHeader.test(line)) return false;
    const near = lines.slice(at, at + 12);
    const names = near.flatMap((next) => knownHeader.exec(next)?.[1]?.toLowerCase() ?? []);
    const gap = near.findIndex((next) => next.trim() === '');
    const together =
      gap < 0 ? names : near.slice(0, gap).flatMap((next) => knownHeader.exec(next)?.[1]?.toLowerCase() ?? []);
    return new Set(together).size >= 3 && together.some((name) => /^(received|message-id|from)$/.test(name));
  });

const returnedTypes =
  /^(message\/rfc822|message\/global|text\/rfc822-headers|message\/rfc822-headers|message\/global-headers)$/;

const dedent = (text: string) => text.replace(/^[ \t>]+(?=[A-Za-z-]+\s*:)/gm, '');

const inFiles = (mail: Mail): string | undefined =>
  mail.files.find((file) => returnedTypes.test(file.mimeType))?.text ??
  mail.files.find((file) => file.mimeType.startsWith('text/') && returnedMailAt((file.text ?? '').split('\n')) >= 0)
    ?.text;

const runningText = (mail: Mail) => (mail.text.trim() === '' ? textOfHtml(mail.html) : mail.text);

const inText = (mail: Mail): string | undefined => {
  const lines = runningText(mail).split('\n');
  const at = returnedMailAt(lines);
  return at < 0 ? undefined : dedent(lines.slice(at).join('\n'));
};

export const returnedMail = (mail: Mail): Returned => {
  const fields = fieldGroups(inFiles(mail) ?? inText(mail) ?? '')[0] ?? new Map<string, string>();
  // Some reports name the mail only in their own In-Reply-To or References.
  const messageId = idsIn(fields.get('message-id') ?? '')[0] ?? mail.inReplyTo[0] ?? mail.references.at(-1);
  return { fields, ...(messageId && { messageId }) };
};

const noticeLength = 20_000;

/** What the report says in words: its text without the returned mail. */
export const noticeText = (mail: Mail): string => {
  const lines = runningText(mail).split('\n');
  const at = returnedMailAt(lines);
  return (at < 0 ? lines : lines.slice(0, at)).join('\n').trim().slice(0, noticeLength);
};
