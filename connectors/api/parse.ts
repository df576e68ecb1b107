import { createHash } from 'node:crypto';
import type { ContentPart, NormalisedEvent, Party, VerifiedRequest } from '@switchboard/contract';
import sanitizeHtml from 'sanitize-html';
import { toE164 } from '../kit/phone.ts';
import { readSaid } from './payload.ts';
import type { Person, Said, SaidOf } from './payload.ts';

/** Who signs speaks for these addresses: it is the centre's own system, or one that it trusts so far. */
const partyOf = ({ id, name, email, phone, avatarUrl }: Person): Party => {
  const number = phone === undefined ? null : toE164(phone);
  return {
    externalId: id,
    handles: [
      ...(email ? [{ type: 'email' as const, value: email.toLowerCase() }] : []),
      ...(number ? [{ type: 'phone' as const, value: number }] : []),
    ],
    ...(name ? { displayName: name } : {}),
    ...(avatarUrl ? { picture: avatarUrl } : {}),
  };
};

type Content = Pick<SaidOf<'message'>, 'text' | 'html' | 'attachments' | 'location' | 'choice'>;
const textOf = (html: string): string =>
  sanitizeHtml(html.replace(/<(br|\/p|\/div|\/li|\/h\d)\b[^>]*>/gi, '\n'), { allowedTags: [], allowedAttributes: {} })
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&').trim(); // prettier-ignore

const partsOf = ({ text, html, attachments, location, choice }: Content): ContentPart[] => {
  const safe = html === undefined ? '' : sanitizeHtml(html).trim();
  const words = text?.trim() ? text : textOf(safe).slice(0, 200_000);
  const parts: ContentPart[] = [
    ...(words ? [{ type: 'text' as const, text: words }] : []),
    ...(safe ? [{ type: 'html' as const, html: safe }] : []),
    ...(choice ? [{ type: 'choice' as const, ...choice }] : []),
    ...(location ? [{ type: 'location' as const, ...location }] : []),
    ...attachments.map(({ url, name, type, bytes }) => ({
      type: 'media' as const,
      media: {
        source: url,
        ...(name ? { fileName: name } : {}),
        ...(type ? { mimeType: type } : {}),
        ...(bytes === undefined ? {} : { bytes }),
      },
    })),
  ];
  return parts.length > 0 ? parts : [{ type: 'text', text: '(empty message)' }];
};

const digestOf = (said: Said): string => createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32);

const eventOf = (said: Said, receivedAt: Date): NormalisedEvent => {
  const common = {
    thread: { externalId: said.conversation, shape: 'direct' as const },
    occurredAt: said.at ?? receivedAt.toISOString(),
  };
  switch (said.type) {
    case 'message': {
      const { id, from, subject, inReplyTo, group } = said;
      const shape = group ? ('group' as const) : ('direct' as const);
      return {
        kind: 'message.received',
        dedupeKey: id,
        ...common,
        thread: { ...common.thread, shape, ...(subject ? { subject } : {}) },
        sender: partyOf(from),
        message: { externalId: id, ...(inReplyTo ? { inReplyTo } : {}), parts: partsOf(said) },
      };
    }
    case 'message.edited':
      return {
        kind: 'message.edited',
        dedupeKey: `${said.id}:edited:${digestOf(said)}`,
        ...common,
        message: { externalId: said.id, parts: partsOf(said) },
      };
    case 'message.deleted':
      return { kind: 'message.deleted', dedupeKey: `${said.id}:deleted`, ...common, message: { externalId: said.id } };
    case 'reaction':
      return {
        kind: 'reaction.changed',
        dedupeKey: `${said.messageId}:reaction:${digestOf(said)}`,
        ...common,
        sender: partyOf(said.from),
        ...{ messageExternalId: said.messageId, emoji: said.emoji, added: said.added },
      };
    case 'receipt':
      return {
        kind: 'delivery.changed',
        dedupeKey: `${said.messageId}:${said.state}`,
        ...common,
        messageExternalId: said.messageId,
        state: said.state,
        ...(said.reason ? { reason: said.reason } : {}),
      };
    case 'typing':
      return {
        kind: 'typing.changed',
        dedupeKey: `typing:${said.from.id}:${receivedAt.getTime()}`,
        ...common,
        sender: partyOf(said.from),
        typing: said.typing,
      };
    case 'consent':
      return {
        kind: 'consent.changed',
        dedupeKey: `${said.id}:consent`,
        ...common,
        sender: partyOf(said.from),
        consent: said.consent,
        ...(said.reason ? { reason: said.reason } : {}),
      };
  }
};

export const parseApi = ({ rawBody, receivedAt }: VerifiedRequest): NormalisedEvent[] =>
  readSaid(rawBody).map((said) => eventOf(said, receivedAt));
