import { ConnectorError } from '@switchboard/contract';
import type { ContentPart, NormalisedEvent, Party } from '@switchboard/contract';
import { ForeignPayload } from '../kit/foreign-payload.ts';
import { fieldOf } from '../kit/form.ts';
import type { FormFields } from '../kit/form.ts';
import { toE164 } from '../kit/phone.ts';
import { consentIn } from '../kit/sms-keywords.ts';
import { choiceParts, locationParts, mediaParts } from './parts.ts';
import { requiredField } from './required-field.ts';

/** Twilio's id of a message: SM… for SMS, MM… for MMS. Some old accounts tell it by its old names alone. */
export const messageSidOf = (fields: FormFields): string => {
  const old = fieldOf(fields, 'SmsMessageSid') ?? fieldOf(fields, 'SmsSid');
  const sid = fieldOf(fields, 'MessageSid') ?? old ?? requiredField(fields, 'MessageSid');
  if (!/^(SM|MM)[0-9a-f]{32}$/i.test(sid))
    throw new ConnectorError('rejected', 'MessageSid is not SM or MM and 32 digits');
  return sid;
};

/**
 * RCS comes where the number's SMS come, from a phone with a number, and is answered there: Twilio sends the answer as RCS if a
 * messaging service may, else as SMS. whatsapp:+1…, messenger:…: another channel on the same webhook.
 */
export const numberIn = (address: string, what: string): string => {
  const [, channel, rest = ''] = /^([a-z]+):(.+)$/.exec(address) ?? [];
  if (channel === undefined) return address;
  if (channel !== 'rcs') throw new ForeignPayload(`${what} ${channel}`, 'SMS');
  return rest;
};

/** A short code or a sender's name is no phone number, and no handle to know a person by. */
const partyOf = (address: string): Party => {
  const phone = /^\+/.test(address) ? toE164(address) : null;
  return { externalId: address, handles: phone ? [{ type: 'phone', value: phone }] : [] };
};

const partsOf = (fields: FormFields): ContentPart[] => {
  const picked = choiceParts(fields);
  const text = picked.length > 0 ? undefined : fieldOf(fields, 'Body');
  const said: ContentPart[] = text ? [{ type: 'text', text }] : [];
  const parts = [...picked, ...said, ...mediaParts(fields), ...locationParts(fields)];
  // One can send an SMS without a character in it; the agent sees that it came.
  return parts.length > 0 ? parts : [{ type: 'text', text: '(empty message)' }];
};

/** What Twilio's Advanced Opt-Out made of it, else what Twilio itself obeys. */
const consentOf = (fields: FormFields) => consentIn(fieldOf(fields, 'OptOutType') ?? fieldOf(fields, 'Body') ?? '');

/** An inbound SMS or MMS. STOP and START are both what the customer wrote and what Twilio has done about it. */
export const normaliseMessage = (fields: FormFields, receivedAt: Date): NormalisedEvent[] => {
  const sid = messageSidOf(fields);
  const from = numberIn(requiredField(fields, 'From'), 'a message from');
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
