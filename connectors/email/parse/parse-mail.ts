import type { NormalisedEvent } from '@switchboard/contract';
import { isOwnMessageId } from '../thread/reply-token.ts';
import { bounceEvents } from './bounce/bounce-events.ts';
import { complaintEvents } from './bounce/complaint-events.ts';
import { receiptEvents } from './bounce/receipt-events.ts';
import { classify, type MailKind } from './classify.ts';
import type { Reading } from './mail.ts';
import { messageEvent } from './message-event.ts';
import { readMail } from './read-mail.ts';

/** All that parsing depends on besides the mail: plain data, so that it can be done in another thread. */
export interface ParseInput {
  readonly raw: Uint8Array;
  /** Lower case. */
  readonly ours: readonly string[];
  readonly signingKey: Uint8Array;
  readonly receivedAt: Date;
}

const eventsOf: Readonly<Record<MailKind, (reading: Reading) => NormalisedEvent[]>> = {
  human: (reading) => [messageEvent(reading)],
  'auto-reply': (reading) => [messageEvent(reading, 'auto-reply')],
  bounce: bounceEvents,
  complaint: complaintEvents,
  receipt: receiptEvents,
};

export const parseMail = async ({ raw, ours, signingKey, receivedAt }: ParseInput): Promise<NormalisedEvent[]> => {
  const mail = await readMail(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  const key = Buffer.from(signingKey);
  // Our own mail come back, by a list or an alias in copy, is no news.
  if (isOwnMessageId(key, mail.messageId)) return [];
  return eventsOf[classify(mail)]({ mail, ours, key, receivedAt });
};
