import { ConnectorError } from '@switchboard/contract';
import type { ContentPart, MessageContext, NormalisedEvent, Party, VerifiedRequest } from '@switchboard/contract';
import { ForeignPayload } from '../../kit/foreign-payload.ts';
import { fieldOf, parseForm } from '../../kit/form.ts';
import type { FormFields } from '../../kit/form.ts';
import { toE164 } from '../../kit/phone.ts';
import { consentIn } from '../../kit/sms-keywords.ts';
import { messageSidOf } from '../normalise.ts';
import { choiceParts, locationParts, mediaParts } from '../parts.ts';
import { requiredField } from '../required-field.ts';
import { statusHook } from '../sms.ts';
import { normaliseStatus } from '../status.ts';

const prefix = 'whatsapp:';
/** Without the channel's name: a number, or the id of somebody who shows none. */
const bare = (address: string): string => address.slice(prefix.length);

const partyOf = (fields: FormFields, from: string): Party => {
  const phone = /^\+/.test(from) ? toE164(from) : null;
  const userId = fieldOf(fields, 'ExternalUserId');
  const displayName = fieldOf(fields, 'ProfileName')?.slice(0, 500);
  return {
    externalId: from,
    ...(displayName !== undefined && { displayName }),
    handles: [
      ...(userId === undefined ? [] : [{ type: 'external' as const, value: userId.slice(0, 512) }]),
      ...(phone === null ? [] : [{ type: 'phone' as const, value: phone }]),
    ],
  };
};

const partsOf = (fields: FormFields): ContentPart[] => {
  const picked = choiceParts(fields);
  const place = locationParts(fields);
  const form = fieldOf(fields, 'InteractiveData') ?? fieldOf(fields, 'FlowData');
  // Beside what was picked the words only say it again.
  const words = picked.length > 0 ? '' : [fieldOf(fields, 'Body'), form].filter(Boolean).join('\n');
  const said: ContentPart[] = words ? [{ type: 'text', text: words.slice(0, 100_000) }] : [];
  const parts = [...picked, ...said, ...mediaParts(fields), ...place];
  const type = fieldOf(fields, 'MessageType');
  return parts.length > 0
    ? parts
    : [{ type: 'text', text: `(a message that Twilio does not pass on: ${type ?? 'empty'})` }];
};

const contextOf = (fields: FormFields): MessageContext | undefined => {
  const url = fieldOf(fields, 'ReferralSourceUrl') ?? '';
  const title = fieldOf(fields, 'ReferralHeadline') ?? fieldOf(fields, 'ReferralBody');
  if (url !== '' || title !== undefined || fieldOf(fields, 'ReferralSourceId') !== undefined)
    return {
      type: 'advertisement',
      ...(url.length <= 4096 && URL.canParse(url) && { url }),
      ...(title !== undefined && { title: title.slice(0, 1000) }),
    };
  const forwarded = [fieldOf(fields, 'Forwarded'), fieldOf(fields, 'FrequentlyForwarded')].includes('true');
  return forwarded ? { type: 'forwarded' } : undefined;
};

const received = (fields: FormFields, receivedAt: Date): NormalisedEvent[] => {
  const sid = messageSidOf(fields);
  const from = bare(requiredField(fields, 'From'));
  if (from === '') throw new ConnectorError('rejected', 'From names nobody');
  const common = {
    thread: { externalId: from, shape: 'direct' as const },
    // Twilio does not say when the customer sent it.
    occurredAt: receivedAt.toISOString(),
    sender: partyOf(fields, from),
  };
  const inReplyTo = fieldOf(fields, 'OriginalRepliedMessageSid');
  const context = contextOf(fields);
  const consent = consentIn(fieldOf(fields, 'OptOutType') ?? fieldOf(fields, 'Body') ?? '');
  return [
    {
      kind: 'message.received',
      dedupeKey: sid,
      ...common,
      message: {
        externalId: sid,
        parts: partsOf(fields),
        ...(inReplyTo && { inReplyTo }),
        ...(context && { context }),
      },
    },
    ...(consent ? [{ kind: 'consent.changed' as const, dedupeKey: `${sid}:consent`, ...common, ...consent }] : []),
  ];
};

export const parseWhatsApp = ({ hook, rawBody, receivedAt }: VerifiedRequest): NormalisedEvent[] => {
  const fields = parseForm(rawBody);
  const isStatus = hook === statusHook || fieldOf(fields, 'MessageStatus') !== undefined;
  const customer = fieldOf(fields, isStatus ? 'To' : 'From') ?? '';
  if (customer !== '' && !customer.startsWith(prefix)) {
    const other = /^([a-z]+):/.exec(customer)?.[1];
    throw new ForeignPayload(`a message from ${other ?? 'a phone'}`, 'WhatsApp');
  }
  if (!isStatus) return received(fields, receivedAt);
  return normaliseStatus(fields, receivedAt).map((event) => ({
    ...event,
    thread: { ...event.thread, externalId: bare(event.thread.externalId) || event.thread.externalId },
  }));
};
