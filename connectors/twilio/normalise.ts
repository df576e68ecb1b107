import { ConnectorError } from '@switchboard/contract';
import type { ContentPart, NormalisedEvent, Party } from '@switchboard/contract';
import { ForeignPayload } from '../kit/foreign-payload.ts';
import { fieldOf } from '../kit/form.ts';
import type { FormFields } from '../kit/form.ts';
import { toE164 } from '../kit/phone.ts';
import { consentIn } from '../kit/sms-keywords.ts';

export const requiredField = (fields: FormFields, name: string): string => {
  const value = fieldOf(fields, name);
  if (value === undefined) throw new ConnectorError('rejected', `${name} is missing`);
  return value;
};

/** Twilio's id of a message: SM… for SMS, MM… for MMS. */
export const messageSidOf = (fields: FormFields): string => {
  const sid = requiredField(fields, 'MessageSid');
  if (!/^(SM|MM)[0-9a-f]{32}$/i.test(sid))
    throw new ConnectorError('rejected', 'MessageSid is not SM or MM and 32 digits');
  return sid;
};

/** A short code or a sender's name is no phone number, and no handle to know a person by. */
const partyOf = (address: string): Party => {
  const phone = /^\+/.test(address) ? toE164(address) : null;
  return { externalId: address, handles: phone ? [{ type: 'phone', value: phone }] : [] };
};

export const mediaParts = (fields: FormFields): ContentPart[] => {
  const count = Number(fieldOf(fields, 'NumMedia') ?? '0');
  if (!Number.isInteger(count) || count < 0 || count > 10)
    throw new ConnectorError('rejected', 'NumMedia is not 0 to 10');
  return Array.from({ length: count }, (_, index) => {
    const source = requiredField(fields, `MediaUrl${index}`);
    const mimeType = fieldOf(fields, `MediaContentType${index}`);
    return { type: 'media', media: { source, ...(mimeType ? { mimeType } : {}) } };
  });
};

const partsOf = (fields: FormFields): ContentPart[] => {
  const text = fieldOf(fields, 'Body');
  const parts: ContentPart[] = [...(text ? [{ type: 'text' as const, text }] : []), ...mediaParts(fields)];
  // One can send an SMS without a character in it; the agent sees that it came.
  return parts.length > 0 ? parts : [{ type: 'text', text: '(empty message)' }];
};

/** What Twilio's Advanced Opt-Out made of it, else what Twilio itself obeys. */
const consentOf = (fields: FormFields) => consentIn(fieldOf(fields, 'OptOutType') ?? fieldOf(fields, 'Body') ?? '');

/** An inbound SMS or MMS. STOP and START are both what the customer wrote and what Twilio has done about it. */
export const normaliseMessage = (fields: FormFields, receivedAt: Date): NormalisedEvent[] => {
  const sid = messageSidOf(fields);
  const from = requiredField(fields, 'From');
  // whatsapp:+1…, messenger:…, rcs:…: another channel on the same webhook.
  const other = /^([a-z]+):/.exec(from)?.[1];
  if (other) throw new ForeignPayload(`a message from ${other}`, 'SMS');
  const common = {
    thread: { externalId: from, shape: 'direct' as const },
    // Twilio does not say when the customer sent it.
    occurredAt: receivedAt.toISOString(),
    sender: partyOf(from),
  };
  const consent = consentOf(fields);
  return [
    { kind: 'message.received', dedupeKey: sid, ...common, message: { externalId: sid, parts: partsOf(fields) } },
    ...(consent ? [{ kind: 'consent.changed' as const, dedupeKey: `${sid}:consent`, ...common, ...consent }] : []),
  ];
};
