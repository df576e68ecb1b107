import { z } from 'zod';

/** Every id that the hub gives is a UUID (version 7: sorts by the time it was made). */
export const Id = z.uuid();
/** ISO 8601 in UTC, milliseconds: 2026-03-02T10:00:00.000Z. */
export const Instant = z.iso.datetime();

/** The kinds of channels, and what people call them in the console, in mails and in tables. All that a new one needs is its line here. */
export const channelNames = {
  voice: 'Phone',
  sms: 'SMS',
  whatsapp: 'WhatsApp',
  email: 'E-mail',
  slack: 'Slack',
  webchat: 'Chat',
  messenger: 'Messenger',
  instagram: 'Instagram',
  telegram: 'Telegram',
  form: 'Web form',
  api: 'API',
} as const;
export const ChannelKind = z.enum(Object.keys(channelNames) as (keyof typeof channelNames)[]);
export type ChannelKind = z.infer<typeof ChannelKind>;
export const perChannel = <T>(make: (channel: ChannelKind) => T): Record<ChannelKind, T> =>
  Object.fromEntries(ChannelKind.options.map((channel) => [channel, make(channel)])) as Record<ChannelKind, T>;

/** How a person can be recognised across channels. `phone` is E.164, `email` is lower case. */
export const Handle = z.object({
  type: z.enum(['phone', 'email', 'username', 'visitor', 'external']),
  value: z.string().min(1).max(512),
});
export type Handle = z.infer<typeof Handle>;

export const Party = z.object({
  /** The provider's own id of the person: address, number, user id, visitor id. */
  externalId: z.string().min(1).max(512),
  displayName: z.string().max(500).optional(),
  handles: z.array(Handle).max(20).default([]),
  /** Where their picture is, as the connector's `openMedia` understands it; the hub keeps a copy and shows that alone. */
  picture: z.string().min(1).max(4096).optional(),
});
export type Party = z.infer<typeof Party>;

/** A file of a message. `source` is what the connector's `openMedia` understands; `mediaId` is set once the hub holds it. */
export const MediaRef = z.object({
  source: z.string().min(1).max(4096),
  mediaId: Id.optional(),
  fileName: z.string().max(500).optional(),
  mimeType: z.string().max(200).optional(),
  bytes: z.int().nonnegative().optional(),
  /** MIME Content-ID without brackets: an inline picture that the html part names as `cid:`. */
  contentId: z.string().max(500).optional(),
  /** Why the hub could not fetch it, in words for the agent. */
  problem: z.string().max(500).optional(),
});
export type MediaRef = z.infer<typeof MediaRef>;

export const ContentPart = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().min(1).max(200_000) }),
  /** Always sanitised by the connector; shown in a sandbox all the same. */
  z.object({ type: z.literal('html'), html: z.string().min(1).max(2_000_000) }),
  z.object({ type: z.literal('media'), media: MediaRef, caption: z.string().max(4000).optional() }),
  z.object({
    type: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    label: z.string().max(500).optional(),
  }),
  /** Somebody's card. Phone numbers as they were written. */
  z.object({
    type: z.literal('contact'),
    name: z.string().min(1).max(500),
    phones: z.array(z.string().max(100)).max(50),
    emails: z.array(z.string().max(320)).max(50),
  }),
  z.object({
    type: z.literal('choices'),
    prompt: z.string().max(4000),
    choices: z
      .array(
        z.object({ id: z.string().max(256), label: z.string().max(200), description: z.string().max(500).optional() }),
      )
      .min(1)
      .max(50),
  }),
  /** What was picked of `choices`: a button, an entry of a list, a menu's item. */
  z.object({ type: z.literal('choice'), id: z.string().max(1000), label: z.string().max(2000).optional() }),
  z.object({
    type: z.literal('template'),
    name: z.string().max(200),
    language: z.string().max(20),
    variables: z.record(z.string().max(200), z.string().max(4000)),
    /** The words with the variables in their places, as the customer reads them. */
    text: z.string().max(4000).optional(),
  }),
]);
export type ContentPart = z.infer<typeof ContentPart>;
