import type { ContentPart, InboundMessage, NormalisedEvent, Party } from '@switchboard/contract';
import { isOurs, replyTokenIn } from '../thread/reply-token.ts';
import { instantOf, partyOf, threadRoot } from './envelope.ts';
import { addressesIn } from './mailboxes.ts';
import { header, type Mail, type Reading } from './mail.ts';
import { ownWordsOf } from './own-words.ts';
import { htmlFromText, sanitiseHtml } from './sanitise-html.ts';

const limits = { text: 200_000, quoted: 2_000_000, files: 190, references: 200, people: 200, subject: 2000 };

const mediaParts = (mail: Mail): ContentPart[] =>
  mail.files.slice(0, limits.files).map(({ index, fileName, mimeType, bytes, contentId }) => ({
    type: 'media',
    media: {
      source: `part:${index}`,
      fileName,
      mimeType: mimeType.slice(0, 200),
      bytes,
      ...(contentId && { contentId }),
    },
  }));

/**
 * The new words as text, the whole as html. A mail of nothing but quotes has no words of its own and so no text part; its html
 * part shows it whole. A mail with nothing at all in it says what its subject says.
 */
const contentOf = (mail: Mail): { parts: ContentPart[]; quoted: string } => {
  const { own, rest } = ownWordsOf(mail);
  const html = mail.html ? sanitiseHtml(mail.html) : own === '' && rest !== '' ? htmlFromText(rest) : '';
  const parts: ContentPart[] = [
    ...(own ? [{ type: 'text' as const, text: own.slice(0, limits.text) }] : []),
    ...(html ? [{ type: 'html' as const, html }] : []),
    ...mediaParts(mail),
  ];
  if (parts.length === 0)
    parts.push({ type: 'text', text: mail.subject.slice(0, limits.subject) || '(empty message)' });
  const quoted = [own.slice(limits.text), rest].filter(Boolean).join('\n\n');
  return { parts, quoted: quoted.slice(0, limits.quoted) };
};

/**
 * Who writes. A form or a group of ours writes under our own address and names the person in Reply-To or X-Original-From.
 * A mail without any sender is nobody's: never two such mails one person's.
 */
const senderOf = ({ mail, ours }: Reading): Party => {
  const behind = mail.replyTo ?? null;
  const original = addressesIn(header(mail, 'x-original-from') || header(mail, 'x-original-sender'))[0];
  const fromOurs = mail.from !== null && isOurs(ours, mail.from.address);
  if (mail.from && !fromOurs) return partyOf(mail.from);
  if (behind && !isOurs(ours, behind.address)) return partyOf(behind);
  if (original) return partyOf({ address: original });
  const stated = mail.from ?? addressesOfSender(mail);
  return stated ? partyOf(stated) : { externalId: `unknown:${mail.messageId}`.slice(0, 512), handles: [] };
};

const addressesOfSender = (mail: Mail) => {
  const address = addressesIn(header(mail, 'sender') || header(mail, 'return-path'))[0];
  return address === undefined ? null : { address };
};

const replyTokenOf = ({ mail, ours, key }: Reading): string | undefined => {
  const named = ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((name) =>
    addressesIn((mail.headers.get(name) ?? []).join(' ')),
  );
  const addresses = [...mail.to.map((to) => to.address), ...mail.cc.map((cc) => cc.address), ...named];
  for (const address of addresses) {
    const token = replyTokenIn(key, ours, address);
    if (token !== null) return token;
  }
  return undefined;
};

/** Our own addresses without what stands behind their plus: that is between us and the customer's mail program. */
const people = (mailboxes: Mail['to'], ours: readonly string[]): Party[] =>
  mailboxes.slice(0, limits.people).map(({ address, name }) => {
    const bare = isOurs(ours, address) ? address.replace(/\+.*(?=@)/, '') : address;
    return partyOf({ address: bare, ...(name && { name }) });
  });

const messageOf = ({ mail, ours }: Reading, automatic: InboundMessage['automatic']): InboundMessage => {
  const { parts, quoted } = contentOf(mail);
  return {
    externalId: mail.messageId,
    ...(mail.inReplyTo[0] && { inReplyTo: mail.inReplyTo[0] }),
    ...(mail.references.length > 0 && { references: mail.references.slice(-limits.references) }),
    parts,
    ...(quoted && { quoted }),
    ...(automatic && { automatic }),
    ...(mail.to.length > 0 && { to: people(mail.to, ours) }),
    ...(mail.cc.length > 0 && { cc: people(mail.cc, ours) }),
  };
};

export const messageEvent = (reading: Reading, automatic?: InboundMessage['automatic']): NormalisedEvent => {
  const { mail } = reading;
  const replyToken = replyTokenOf(reading);
  return {
    kind: 'message.received',
    dedupeKey: mail.messageId,
    thread: {
      externalId: threadRoot(mail),
      shape: 'direct',
      ...(mail.subject && { subject: mail.subject.slice(0, limits.subject) }),
      ...(replyToken && { replyToken }),
    },
    occurredAt: instantOf(reading),
    sender: senderOf(reading),
    message: messageOf(reading, automatic),
  };
};
