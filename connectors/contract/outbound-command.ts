import { z } from 'zod';
import { CallControl } from './calls.ts';
import { ContentPart, Id, Instant, Party } from './common.ts';

const envelope = {
  specVersion: z.literal(1),
  /** Idempotency key: the same command twice is one effect, where the provider lets us say so. */
  commandId: Id,
  channelAccountId: Id,
  ticketId: Id,
  thread: z.object({
    externalId: z.string(),
    subject: z.string().optional(),
    /** Put into what the customer replies to, signed by the connector, so that the answer finds its ticket. */
    replyToken: z.string().optional(),
  }),
  recipient: z.object({ externalId: z.string(), displayName: z.string().optional() }),
  requestedBy: z.object({
    type: z.enum(['agent', 'bot', 'rule']),
    id: z.string(),
    displayName: z.string().optional(),
    avatarUrl: z.string().optional(),
  }),
  /** After this instant the command is worthless and is not sent. */
  notAfter: Instant.optional(),
  traceparent: z.string().optional(),
};

/** A message of ours that is out. */
const sent = {
  messageExternalId: z.string(),
  /** What its receipt named besides: the provider holds it as several. */
  furtherExternalIds: z.array(z.string()).optional(),
};

export const OutboundCommand = z.discriminatedUnion('kind', [
  z.object({
    ...envelope,
    kind: z.literal('message.send'),
    messageId: Id,
    parts: z.array(ContentPart).min(1),
    /** External ids, newest last, for channels that thread by them. */
    inReplyTo: z.string().optional(),
    references: z.array(z.string()).optional(),
    cc: z.array(Party).optional(),
    /** When the customer last wrote in the thread: what may be said depends on it where there is a reply window. */
    lastInboundAt: Instant.optional(),
  }),
  z.object({
    ...envelope,
    kind: z.literal('message.edit'),
    ...sent,
    parts: z.array(ContentPart).min(1),
  }),
  z.object({ ...envelope, kind: z.literal('message.delete'), ...sent }),
  z.object({
    ...envelope,
    kind: z.literal('reaction.set'),
    messageExternalId: z.string(),
    emoji: z.string(),
    added: z.boolean(),
  }),
  z.object({
    ...envelope,
    kind: z.literal('typing.set'),
    typing: z.boolean(),
    /** The customer's last message, for channels that show it as the beginning of its answer. */
    answersExternalId: z.string().optional(),
    /** The account's customers may see what has been read; typing tells it where the provider makes one of both. */
    tellsRead: z.boolean().optional(),
  }),
  /** The agent has seen the customer's messages up to this one. */
  z.object({ ...envelope, kind: z.literal('read.set'), messageExternalId: z.string() }),
  z.object({
    ...envelope,
    kind: z.literal('call.control'),
    /** The leg of the customer; absent for a new call. */
    callExternalId: z.string().optional(),
    control: CallControl,
  }),
]);
export type OutboundCommand = z.infer<typeof OutboundCommand>;
export type OutboundKind = OutboundCommand['kind'];
export type OutboundCommandOf<K extends OutboundKind> = Extract<OutboundCommand, { kind: K }>;
