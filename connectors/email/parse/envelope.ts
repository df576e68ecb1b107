import { createHash } from 'node:crypto';
import type { NormalisedEvent, Party } from '@switchboard/contract';
import type { Mail, Mailbox, Reading } from './mail.ts';

type Envelope = Pick<NormalisedEvent, 'dedupeKey' | 'thread' | 'occurredAt'>;

const aDay = 86_400_000;

/** A sender's clock may be wrong by years: what is said to come from the future came now. */
export const instantOf = ({ mail, receivedAt }: Reading): string =>
  (mail.date && mail.date.getTime() > 0 && mail.date.getTime() < receivedAt.getTime() + aDay
    ? mail.date
    : receivedAt
  ).toISOString();

/** A key may have 1,000 characters, and an id of 998 with the recipient beside it has more: then its hash stands for it. */
const keyOf = (text: string): string =>
  text.length <= 1000 ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** A report belongs to the mail that it is about, or stands for itself. */
export const reportEnvelope = (reading: Reading, about: string | undefined, part: string): Envelope => ({
  dedupeKey: keyOf(`${reading.mail.messageId}${part}`),
  thread: { externalId: about ?? reading.mail.messageId, shape: 'direct' },
  occurredAt: instantOf(reading),
});

export const partyOf = ({ address, name }: Mailbox): Party => ({
  externalId: address,
  ...(name && { displayName: name }),
  handles: [{ type: 'email', value: address }],
});

/** The oldest mail that this one goes back to: the same for all mails of one thread, whichever of them came to us. */
export const threadRoot = (mail: Pick<Mail, 'references' | 'inReplyTo' | 'messageId'>): string =>
  mail.references[0] ?? mail.inReplyTo[0] ?? mail.messageId;
