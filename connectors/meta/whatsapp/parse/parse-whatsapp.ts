import { ConnectorError } from '@switchboard/contract';
import type { MessageContext, NormalisedEvent, VerifiedRequest } from '@switchboard/contract';
import { readPayload } from '../../read-payload.ts';
import { instantOf, known, webUrl } from '../../values.ts';
import { faultWords } from '../faults.ts';
import { partsOf } from './parts.ts';
import { Payload, type Message, type Status, type Value } from './payload.schema.ts';
import { idOf, partyOf, personOf, type Person } from './people.ts';

type Request = Pick<VerifiedRequest, 'method' | 'rawBody' | 'receivedAt'>;

const needed = (person: Person, what: string): string => {
  const id = idOf(person);
  if (id === undefined) throw new ConnectorError('rejected', `${what} says neither a number nor a user id`);
  return id;
};

const contextOf = ({ context, referral }: Message): MessageContext | undefined => {
  if (referral)
    return {
      type: 'advertisement',
      ...known({ url: webUrl(referral.source_url), title: (referral.headline ?? referral.body)?.slice(0, 1000) }),
    };
  const product = context?.referred_product?.product_retailer_id;
  if (product !== undefined) return { type: 'product', title: product };
  return context?.forwarded || context?.frequently_forwarded ? { type: 'forwarded' } : undefined;
};

const threadOf = ({ group_id }: Pick<Message, 'group_id'>, id: string): NormalisedEvent['thread'] =>
  group_id === undefined ? { externalId: id, shape: 'direct' } : { externalId: group_id, shape: 'group' };

/** What the customer's account did, told as a message that nobody answers. */
const isNotice = ({ type }: Message): boolean => type === 'system';

/** Of a message that was there before: edited or taken back, whoever wrote it. */
const changed = (
  { id, edit, revoke }: Message,
  { thread, occurredAt }: Pick<NormalisedEvent, 'thread' | 'occurredAt'>,
): NormalisedEvent[] | null => {
  const about = { dedupeKey: id, thread, occurredAt };
  if (revoke) return [{ kind: 'message.deleted', ...about, message: { externalId: revoke.original_message_id } }];
  if (!edit?.message) return null;
  const now = { externalId: edit.original_message_id, parts: partsOf(edit.message) };
  return [{ kind: 'message.edited', ...about, message: now }];
};

const received = (message: Message, value: Value, receivedAt: Date): NormalisedEvent[] => {
  // Somebody has opened the chat and written nothing yet.
  if (message.type === 'request_welcome') return [];
  const { system } = message;
  const said = personOf(message.from, message.from_user_id ?? message.user_id, value.contacts);
  const person = { ...said, phone: said.phone ?? system?.wa_id, userId: said.userId ?? system?.user_id };
  const id = needed(person, 'The message');
  const sender = partyOf(person, id);
  const common = { thread: threadOf(message, id), occurredAt: instantOf(message.timestamp, receivedAt), sender };
  const { reaction } = message;
  if (reaction) {
    const emoji = reaction.emoji ?? '';
    const change = {
      messageExternalId: reaction.message_id,
      emoji: emoji.slice(0, 100),
      added: emoji !== '',
      only: true,
    };
    return [{ kind: 'reaction.changed', dedupeKey: message.id, ...common, ...change }];
  }
  const later = changed(message, common);
  if (later !== null) return later;
  const moved = partyOf({ phone: system?.new_wa_id ?? system?.wa_id }, id).handles;
  return [
    {
      kind: 'message.received',
      dedupeKey: message.id,
      ...common,
      sender: {
        ...sender,
        handles: [...sender.handles, ...moved.filter(({ value: n }) => !sender.handles.some((h) => h.value === n))],
      },
      message: {
        externalId: message.id,
        parts: partsOf(message),
        ...known({ inReplyTo: message.context?.id, context: contextOf(message) }),
        ...(isNotice(message) && { automatic: 'auto-reply' as const }),
      },
    },
  ];
};

/** Written on the phone, in the WhatsApp Business app, by somebody of ours. */
const echoed = (message: Message, value: Value, receivedAt: Date): NormalisedEvent[] => {
  const person = personOf(message.to, message.to_user_id, value.contacts);
  const id = needed(person, 'The echo');
  // A smiley of ours says nothing that a colleague has to know.
  if (message.reaction) return [];
  const common = { thread: threadOf(message, id), occurredAt: instantOf(message.timestamp, receivedAt) };
  const later = changed(message, common);
  if (later !== null) return later;
  return [
    {
      kind: 'message.echoed',
      dedupeKey: `echo:${message.id}`,
      ...common,
      recipient: partyOf(person, id),
      message: { externalId: message.id, parts: partsOf(message), ...known({ inReplyTo: message.context?.id }) },
    },
  ];
};

const states = { sent: 'sent', delivered: 'delivered', read: 'read', played: 'read', failed: 'failed' } as const;

const reported = (status: Status, value: Value, receivedAt: Date): NormalisedEvent[] => {
  // "deleted", "warning" and what else may come say nothing of how far it got.
  const state = Object.hasOwn(states, status.status) ? states[status.status as keyof typeof states] : undefined;
  if (state === undefined) return [];
  // The message is known by its own id: a status that names nobody does not hold up the others that came with it.
  const id = idOf(personOf(status.recipient_id, status.recipient_user_id, value.contacts)) ?? status.id;
  return [
    {
      kind: 'delivery.changed',
      dedupeKey: `${status.id}:${status.status}:${id}`,
      thread: { externalId: id, shape: status.recipient_type === 'group' ? 'group' : 'direct' },
      occurredAt: instantOf(status.timestamp, receivedAt),
      messageExternalId: status.id,
      state,
      ...(state === 'failed' && { reason: faultWords(status.errors ?? []) }),
    },
  ];
};

/** Marketing messages only, but who does not want them has said so. */
const preferred = (
  { wa_id, user_id, value, detail, timestamp }: NonNullable<Value['user_preferences']>[number],
  { contacts }: Value,
  receivedAt: Date,
): NormalisedEvent[] => {
  const person = personOf(wa_id, user_id, contacts);
  const id = needed(person, 'The preference');
  if (value !== 'stop' && value !== 'resume') return [];
  const occurredAt = instantOf(timestamp, receivedAt);
  return [
    {
      kind: 'consent.changed',
      dedupeKey: `preference:${id}:${value}:${timestamp ?? ''}`,
      thread: { externalId: id, shape: 'direct' },
      occurredAt,
      sender: partyOf(person, id),
      consent: value === 'stop' ? 'withdrawn' : 'granted',
      reason: (detail ?? `marketing messages: ${value}`).slice(0, 500),
    },
  ];
};

/** One body may bring several numbers' messages and statuses. */
export const parseWhatsApp = ({ method, rawBody, receivedAt }: Request): NormalisedEvent[] => {
  if (method === 'GET') return [];
  const { entry } = readPayload(rawBody, 'whatsapp_business_account', Payload);
  return entry
    .flatMap(({ changes }) => changes)
    .flatMap(({ value }) => [
      ...(value.messages ?? []).flatMap((message) => received(message, value, receivedAt)),
      ...(value.message_echoes ?? []).flatMap((message) => echoed(message, value, receivedAt)),
      ...(value.statuses ?? []).flatMap((status) => reported(status, value, receivedAt)),
      ...(value.user_preferences ?? []).flatMap((preference) => preferred(preference, value, receivedAt)),
    ]);
};
