import { z } from 'zod';
import { CallChange } from './calls.ts';
import { ChannelKind, ContentPart, Id, Instant, Party } from './common.ts';
import { DeskAct } from './desk.ts';

const envelope = {
  specVersion: z.literal(1),
  eventId: Id,
  /** Unique on its channel account: what makes the second delivery of the same thing a duplicate. */
  dedupeKey: z.string().min(1).max(1000),
  connectorId: z.string().max(50),
  channel: ChannelKind,
  channelAccountId: Id,
  thread: z.object({
    externalId: z.string().min(1).max(1000),
    shape: z.enum(['direct', 'group', 'call']),
    subject: z.string().max(2000).optional(),
    /** A ticket's token that came back signed (e-mail: the plus-address). The connector has checked the signature. */
    replyToken: z.string().max(200).optional(),
  }),
  occurredAt: Instant,
  receivedAt: Instant,
  /** The further steps up to the bus. Absent: stamped by a hub that did not write them yet, or replayed from quarantine. */
  verifiedAt: Instant.optional(),
  normalisedAt: Instant.optional(),
  queuedAt: Instant.optional(),
  rawRef: Id.optional(),
  traceparent: z.string().max(200).optional(),
};

export const DeliveryState = z.enum(['accepted', 'sent', 'delivered', 'read', 'failed']);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** Where a message comes from, shown above it: what it answers or was led here by. */
export const MessageContext = z.object({
  type: z.enum(['story-reply', 'story-mention', 'advertisement', 'link', 'product', 'forwarded']),
  url: z.url().max(4096).optional(),
  title: z.string().max(1000).optional(),
});
export type MessageContext = z.infer<typeof MessageContext>;

export const InboundMessage = z.object({
  externalId: z.string().min(1).max(1000),
  inReplyTo: z.string().max(1000).optional(),
  /** Older messages of the same thread, oldest first (e-mail: References). */
  references: z.array(z.string().max(1000)).max(200).optional(),
  parts: z.array(ContentPart).min(1).max(200),
  /** What the sender only repeated: folded in the console. */
  quoted: z.string().max(2_000_000).optional(),
  /** Nobody answers it and it starts no clock. */
  automatic: z.enum(['auto-reply']).optional(),
  context: MessageContext.optional(),
  /** Sent as one and brought by the provider one by one: those with the same id in a thread are shown as one message. */
  albumId: z.string().max(200).optional(),
  to: z.array(Party).max(200).optional(),
  cc: z.array(Party).max(200).optional(),
  /** What the sender says about himself, unproven: shown and written to, never used to recognise a customer. */
  contact: z.object({ name: z.string().max(200).optional(), email: z.email().max(320).optional() }).optional(),
});
export type InboundMessage = z.infer<typeof InboundMessage>;

/** `messageExternalId` is missing where the provider does not say which message it means (some bounces). */
const deliveryChanged = {
  messageExternalId: z.string().max(1000).optional(),
  /** In its place: all that went out in the thread until then has got so far (a watermark). */
  upTo: Instant.optional(),
  state: DeliveryState,
  reason: z.string().max(4000).optional(),
  bounce: z
    .object({ recipient: z.string().max(1000), dsn: z.string().max(100).optional(), hard: z.boolean() })
    .optional(),
};

export const InboundEvent = z.discriminatedUnion('kind', [
  z.object({ ...envelope, kind: z.literal('message.received'), sender: Party, message: InboundMessage }),
  /**
   * What our side wrote elsewhere (the provider's own inbox, its app on a phone), told to us as well. What went out over the
   * hub is not told: where the provider echoes that, too, `parse` drops it, or its `externalId` is that of the message sent.
   */
  z.object({
    ...envelope,
    kind: z.literal('message.echoed'),
    recipient: Party,
    message: InboundMessage.pick({ externalId: true, inReplyTo: true, parts: true, context: true, automatic: true }),
    /** The message of ours that this is the echo of, where the provider says so. */
    commandId: Id.optional(),
  }),
  z.object({
    ...envelope,
    kind: z.literal('message.edited'),
    message: InboundMessage.pick({ externalId: true, parts: true }),
  }),
  z.object({ ...envelope, kind: z.literal('message.deleted'), message: InboundMessage.pick({ externalId: true }) }),
  z.object({
    ...envelope,
    kind: z.literal('reaction.changed'),
    sender: Party,
    messageExternalId: z.string().max(1000),
    /** Empty: whatever the sender had there is gone. */
    emoji: z.string().max(100),
    added: z.boolean(),
    /** The provider keeps one reaction of each person on a message: this one takes the place of an earlier one. */
    only: z.boolean().optional(),
  }),
  z.object({ ...envelope, kind: z.literal('delivery.changed'), ...deliveryChanged }),
  z.object({ ...envelope, kind: z.literal('typing.changed'), sender: Party, typing: z.boolean() }),
  z.object({
    ...envelope,
    kind: z.literal('consent.changed'),
    sender: Party,
    consent: z.enum(['granted', 'withdrawn']),
    /** In the provider's words: STOP, complaint, unsubscribe. */
    reason: z.string().max(500).optional(),
  }),
  z.object({
    ...envelope,
    kind: z.literal('call.changed'),
    /** The customer, whoever called. */
    sender: Party,
    call: CallChange,
  }),
  /** An agent did something at a desk; the thread is the one that the hub began there. */
  z.object({
    ...envelope,
    kind: z.literal('desk.acted'),
    sender: Party,
    place: z.string().min(1).max(200),
    /** What they wrote, or pressed a button of. */
    messageExternalId: z.string().min(1).max(1000),
    act: DeskAct,
  }),
]);
export type InboundEvent = z.infer<typeof InboundEvent>;
export type InboundKind = InboundEvent['kind'];
export type InboundEventOf<K extends InboundKind> = Extract<InboundEvent, { kind: K }>;

type Stamped =
  | 'specVersion'
  | 'eventId'
  | 'receivedAt'
  | 'verifiedAt'
  | 'normalisedAt'
  | 'queuedAt'
  | 'channelAccountId'
  | 'connectorId'
  | 'channel'
  | 'rawRef'
  | 'traceparent';
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** What a connector returns; ingress stamps ids, account, receive time and trace. */
export type NormalisedEvent = DistributiveOmit<InboundEvent, Stamped>;
