import { z } from 'zod';

/** What a channel can do, as data: the composer, delivery and the conformance suite read it. */
export const Capabilities = z.object({
  sends: z.array(
    z.enum([
      'message.send',
      'message.edit',
      'message.delete',
      'reaction.set',
      'typing.set',
      'read.set',
      'call.control',
    ]),
  ),
  emits: z.array(
    z.enum([
      'message.received',
      'message.echoed',
      'message.edited',
      'message.deleted',
      'reaction.changed',
      'delivery.changed',
      'typing.changed',
      'consent.changed',
      'call.changed',
      'desk.acted',
    ]),
  ),
  content: z.object({
    text: z.object({
      /** Characters (UTF-16 units). */
      maxLength: z.int(),
      /** Rich text is composed and sent as html beside text. */
      html: z.boolean(),
      /** The provider bills by SMS segment: the composer counts them. */
      segments: z.boolean(),
    }),
    media: z.object({ maxBytes: z.int(), maxCount: z.int(), mimeTypes: z.array(z.string()) }).nullable(),
    location: z.boolean(),
    choices: z.object({ max: z.int() }).nullable(),
    templates: z.boolean(),
  }),
  conversation: z.object({
    /** The centre may write first. `recipient` is the kind of handle that it writes to. */
    start: z.object({ recipient: z.enum(['phone', 'email', 'username']) }).nullable(),
    groups: z.boolean(),
    subject: z.boolean(),
    cc: z.boolean(),
    replyWindow: z.object({ hours: z.number(), afterwards: z.enum(['blocked', 'template-only']) }).nullable(),
    /** The customer waits in front of the screen: short targets, typing, presence. */
    live: z.boolean(),
  }),
  /** What a message that is out lets be done with it, beside what `sends` says; null: nothing. */
  changes: z
    .object({
      /** So many hours after it was sent; null: always. */
      editHours: z.number().nullable(),
      deleteHours: z.number().nullable(),
      reactions: z.object({
        /** Those that the provider takes; null: it takes all. */
        emoji: z.array(z.string()).nullable(),
        /** It keeps one of ours on a message: another takes its place. */
        single: z.boolean(),
      }),
    })
    .nullable(),
  call: z.object({ hold: z.boolean(), transfer: z.boolean(), recording: z.boolean() }).nullable(),
  rateLimit: z.object({ perSecond: z.number() }).nullable(),
});
export type Capabilities = z.infer<typeof Capabilities>;
