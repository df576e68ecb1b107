import { ConnectorError } from '@switchboard/contract';
import type { DeliveryState, NormalisedEvent } from '@switchboard/contract';
import { fieldOf } from '../kit/form.ts';
import type { FormFields } from '../kit/form.ts';
import { messageSidOf } from './normalise.ts';
import { requiredField } from './required-field.ts';

/** https://www.twilio.com/docs/messaging/api/message-resource#message-status-values */
const states: Record<string, DeliveryState> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  partially_delivered: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

/** https://www.twilio.com/docs/api/errors, in words for agents. */
const reasons: Record<string, string> = {
  '21610': 'The customer has unsubscribed with STOP',
  '30001': 'Twilio’s queue for the sending number was full',
  '30002': 'The Twilio account is suspended',
  '30003': 'The phone could not be reached: it may be off or out of coverage',
  '30004': 'The phone or its operator blocks messages from us',
  '30005': 'This phone number is unknown or no longer in use',
  '30006': 'This phone number is a landline or its operator cannot be reached',
  '30007': 'The operator filtered the message as unwanted',
  '30008': 'The operator gave no reason',
  '30019': 'An attachment is too large for the operator',
  '30034': 'The sending number is not registered for business messages to the USA',
  '63003': 'This number is not on WhatsApp',
  '63013': 'WhatsApp refused it: it breaks one of its rules',
  '63016': 'More than 24 hours have passed since the customer last wrote: only a template can be sent now',
  '63018': 'WhatsApp takes no more messages from us just now',
  '63024': 'This number is not on WhatsApp, or cannot be written to',
  '63032': 'WhatsApp did not send it: this customer is part of an experiment of Meta’s',
  '63038': 'The daily limit of messages of the Twilio account is reached',
};

const reasonOf = (fields: FormFields, status: string): string => {
  const code = fieldOf(fields, 'ErrorCode');
  if (status === 'canceled') return 'The message was cancelled before it was sent';
  const words = reasons[code ?? ''] ?? fieldOf(fields, 'ErrorMessage') ?? 'The message was not delivered';
  return code ? `${words} (${code})` : words;
};

/** A status callback about a message of ours: the customer is whom it went to. */
export const normaliseStatus = (fields: FormFields, receivedAt: Date): NormalisedEvent[] => {
  const sid = messageSidOf(fields);
  const status =
    fieldOf(fields, 'MessageStatus') ?? fieldOf(fields, 'SmsStatus') ?? requiredField(fields, 'MessageStatus');
  const state = Object.hasOwn(states, status) ? states[status] : undefined;
  if (!state) throw new ConnectorError('rejected', `The status "${status.slice(0, 40)}" is not one that we know`);
  return [
    {
      kind: 'delivery.changed',
      dedupeKey: `${sid}:${status}`,
      thread: { externalId: requiredField(fields, 'To'), shape: 'direct' },
      // Twilio does not say when it happened; RawDlrDoneDate is the operator's, in an unknown time zone.
      occurredAt: receivedAt.toISOString(),
      messageExternalId: sid,
      state,
      ...(state === 'failed' ? { reason: reasonOf(fields, status) } : {}),
    },
  ];
};
