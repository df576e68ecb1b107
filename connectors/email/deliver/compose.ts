import { ConnectorError, type ConnectorContext, type ContentPart, type OutboundCommandOf } from '@switchboard/contract';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Readable } from 'node:stream';
import { textOfHtml } from '../parse/reply-text/split-html.ts';
import { htmlFromText } from '../parse/sanitise-html.ts';
import type { EmailSettings } from '../settings.ts';
import { isOurs, ownMessageId, replyAddress } from '../thread/reply-token.ts';

export type SendMessage = OutboundCommandOf<'message.send'>;

export interface ComposedMail {
  readonly messageId: string;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly stream: Readable;
}

type PartOf<T extends ContentPart['type']> = Extract<ContentPart, { type: T }>;
const partsOf = <T extends ContentPart['type']>(command: SendMessage, type: T): PartOf<T>[] =>
  command.parts.filter((part): part is PartOf<T> => part.type === type);

const sendable = new Set<ContentPart['type']>(['text', 'html', 'media']);

const isReply = /^\s*(re|aw|sv|vs|antw|rif|odp|res|回复|答复)\s*(\[\d+\])?\s*[:：]/i;

const subjectOf = ({ thread, inReplyTo }: SendMessage): string => {
  const subject = (thread.subject ?? '').replace(/[\r\n]+/g, ' ').trim();
  return inReplyTo && !isReply.test(subject) ? `Re: ${subject}` : subject;
};

/** Both forms of the answer, each with the signature below it. `-- ` is how mail programs know a signature (RFC 3676, 4.3). */
const bodyOf = (command: SendMessage, signature: string): { text: string; html: string } => {
  const html = partsOf(command, 'html')
    .map((part) => part.html)
    .join('\n');
  const text =
    partsOf(command, 'text')
      .map((part) => part.text)
      .join('\n\n') || textOfHtml(html);
  const below = signature.trim();
  if (below === '') return { text, html: html || htmlFromText(text) };
  return {
    text: `${text}\n\n-- \n${below}\n`,
    html: `${html || htmlFromText(text)}\n<div class="signature"><br>-- ${htmlFromText(below)}</div>`,
  };
};

const attachmentsOf = (command: SendMessage, context: ConnectorContext) =>
  Promise.all(
    partsOf(command, 'media').map(async ({ media }) => {
      if (!media.mediaId)
        throw new ConnectorError('rejected', `The file “${media.fileName ?? 'without a name'}” is not there`);
      const { stream, fileName, mimeType } = await context.readMedia(media.mediaId);
      const inline = media.contentId ? { cid: media.contentId, contentDisposition: 'inline' as const } : {};
      return { filename: fileName, contentType: mimeType, content: stream, ...inline };
    }),
  );

const bracketed = (id: string) => `<${id.replace(/[<>\s]/g, '')}>`;

/** References: all that came before, the answered mail last; cut from the middle, as the first one names the thread. */
const referencesOf = ({ references = [], inReplyTo }: SendMessage): string[] => {
  const ids = [...new Set([...references.filter((id) => id !== inReplyTo), ...(inReplyTo ? [inReplyTo] : [])])];
  return (ids.length > 20 ? [...ids.slice(0, 1), ...ids.slice(-19)] : ids).map(bracketed);
};

const replyToOf = (command: SendMessage, settings: EmailSettings, key: Buffer): string | undefined => {
  const { replyToken } = command.thread;
  if (!replyToken || !settings.plusAddress) return undefined;
  return replyAddress(key, settings.address, replyToken) ?? undefined;
};

/** Whoever the mail goes to anyway is left out, and so are we: our own mail would come back. */
const copiesOf = (command: SendMessage, { address, aliases }: EmailSettings) =>
  (command.cc ?? [])
    .map((party) => ({ address: party.externalId, name: party.displayName ?? '' }))
    .filter((copy) => copy.address !== command.recipient.externalId && !isOurs([address, ...aliases], copy.address));

export const composeMail = async (
  command: SendMessage,
  settings: EmailSettings,
  context: ConnectorContext,
): Promise<ComposedMail> => {
  const odd = command.parts.find((part) => !sendable.has(part.type));
  if (odd) throw new ConnectorError('unsupported', `E-mail cannot carry a part of type ${odd.type}`);
  const to = { address: command.recipient.externalId, name: command.recipient.displayName ?? '' };
  const cc = copiesOf(command, settings);
  const messageId = ownMessageId(context.signingKey, command.messageId, settings.address);
  const replyTo = replyToOf(command, settings, context.signingKey);
  const references = referencesOf(command);
  const mail = new MailComposer({
    from: { address: settings.address, name: settings.displayName },
    to,
    cc,
    ...(replyTo && { replyTo: { address: replyTo, name: settings.displayName } }),
    subject: subjectOf(command),
    ...bodyOf(command, settings.signature),
    attachments: await attachmentsOf(command, context),
    messageId: bracketed(messageId),
    ...(command.inReplyTo && { inReplyTo: bracketed(command.inReplyTo) }),
    ...(references.length > 0 && { references }),
    date: context.now(),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    messageId,
    envelope: { from: settings.address, to: [...new Set([to, ...cc].map(({ address }) => address))] },
    stream: mail.compile().createReadStream(),
  };
};
