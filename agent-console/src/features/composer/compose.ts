import type { Capabilities, ContentPart, CustomerView, MediaView, ReplyTarget } from '@switchboard/contract';
import { htmlToText, isEmptyHtml, textToHtml } from './drafts.ts';

/** The parts of a message, from what was written and attached. */
export function partsOf(written: string, rich: boolean, files: readonly MediaView[]): ContentPart[] {
  const parts: ContentPart[] = [];
  if (rich && !isEmptyHtml(written)) {
    parts.push({ type: 'text', text: htmlToText(written) || ' ' }, { type: 'html', html: written });
  } else if (!rich && written.trim() !== '') parts.push({ type: 'text', text: written.trim() });
  for (const file of files) {
    const { mediaId, fileName, mimeType, bytes } = file;
    parts.push({ type: 'media', media: { source: `media:${mediaId}`, mediaId, fileName, mimeType, bytes } });
  }
  return parts;
}

export type FileProblem = 'none-allowed' | 'too-many' | 'too-large' | 'wrong-type' | 'empty';

/** Below the agent's words, after an empty line. */
export function withSignature(written: string, rich: boolean, signature: string): string {
  if (!signature) return written;
  return rich ? `${written}${textToHtml(signature)}` : `${written.trim()}\n\n${signature}`;
}
/** What was written, of what was sent: for a reply that comes back to be edited. */
export function withoutSignature(sent: string, rich: boolean, signature: string): string {
  const end = rich ? textToHtml(signature) : `\n\n${signature}`;
  return signature && sent.endsWith(end) ? sent.slice(0, -end.length) : sent;
}

/** Why a channel will not take a file; null: it will. */
export function fileProblem(
  file: Pick<File, 'size' | 'type'>,
  held: number,
  media: Capabilities['content']['media'],
): FileProblem | null {
  if (!media) return 'none-allowed';
  if (held >= media.maxCount) return 'too-many';
  if (file.size === 0) return 'empty';
  if (file.size > media.maxBytes) return 'too-large';
  return media.mimeTypes.some((pattern) => fits(file.type || 'application/octet-stream', pattern))
    ? null
    : 'wrong-type';
}
function fits(type: string, pattern: string): boolean {
  return pattern === '*/*' || pattern === type || (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1)));
}

/** Where a reply goes first: over the newest thread that is open, else the newest. */
export function firstTarget(targets: readonly ReplyTarget[], wanted: string | null): ReplyTarget | null {
  return (
    targets.find((each) => each.threadId === wanted) ?? targets.find((each) => !each.blocked) ?? targets[0] ?? null
  );
}

/** The customer asked not to be written to at that address of that channel. */
export const hasOptedOut = (
  consent: CustomerView['consent'],
  { channel, recipient }: Pick<ReplyTarget, 'channel' | 'recipient'>,
): boolean =>
  consent.some(
    (said) =>
      said.state === 'withdrawn' &&
      said.channel === channel &&
      (said.handle === recipient.externalId || recipient.handles.some(({ value }) => value === said.handle)),
  );

/** {{customer.name}} and the like; a name that we don't know stays as it is, to be seen before it is sent. */
export function fillIn(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (whole, name: string) => values[name] ?? whole);
}

/** The `/word` before the caret, where it opens the canned replies: at the start or after a space. */
export function slashWord(before: string): string | null {
  return /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(before)?.[1] ?? null;
}

/** Shortcut first, then title, then text. */
export function findCanned<T extends { shortcut: string; title: string; text: string }>(
  all: readonly T[],
  typed: string,
): T[] {
  const word = typed.toLocaleLowerCase();
  const rank = (reply: T): number => {
    if (reply.shortcut.toLocaleLowerCase().startsWith(word)) return 0;
    if (reply.title.toLocaleLowerCase().includes(word)) return 1;
    return reply.text.toLocaleLowerCase().includes(word) ? 2 : 3;
  };
  return all
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.reply.shortcut.localeCompare(b.reply.shortcut))
    .map((each) => each.reply);
}
