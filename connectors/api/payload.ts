import { z } from 'zod';
import { ConnectorError, Instant } from '@switchboard/contract';
import { parseJson } from '../kit/read-json.ts';

/** What whoever connects a channel of their own sends. README.md is its description for them. */
const Id = z.string().min(1).max(500);
const Person = z.object({
  id: Id,
  name: z.string().max(500).optional(),
  email: z.email().max(320).optional(),
  phone: z.string().max(40).optional(),
  avatarUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
});
export type Person = z.infer<typeof Person>;

const content = {
  text: z.string().max(200_000).optional(),
  html: z.string().max(1_000_000).optional(),
  attachments: z
    .array(
      z.object({
        url: z.url({ protocol: /^https?$/ }).max(4000),
        name: z.string().max(500).optional(),
        type: z.string().max(200).optional(),
        bytes: z.int().nonnegative().optional(),
      }),
    )
    .max(50)
    .default([]),
  location: z.object({ latitude: z.number(), longitude: z.number(), label: z.string().max(500).optional() }).optional(),
  choice: z.object({ id: z.string().min(1).max(1000), label: z.string().max(2000).optional() }).optional(),
};
const common = { conversation: Id, at: Instant.optional() };

const shapes = [
  z.object({
    ...common,
    ...content,
    type: z.literal('message'),
    id: Id,
    from: Person,
    subject: z.string().max(2000).optional(),
    inReplyTo: Id.optional(),
    group: z.boolean().default(false),
  }),
  z.object({ ...common, ...content, type: z.literal('message.edited'), id: Id }),
  z.object({ ...common, type: z.literal('message.deleted'), id: Id }),
  z.object({
    ...common,
    type: z.literal('reaction'),
    from: Person,
    messageId: Id,
    emoji: z.string().min(1).max(100),
    added: z.boolean().default(true),
  }),
  z.object({
    ...common,
    type: z.literal('receipt'),
    messageId: Id,
    state: z.enum(['sent', 'delivered', 'read', 'failed']),
    reason: z.string().max(1000).optional(),
  }),
  z.object({ ...common, type: z.literal('typing'), from: Person, typing: z.boolean() }),
  z.object({
    ...common,
    type: z.literal('consent'),
    id: Id,
    from: Person,
    consent: z.enum(['granted', 'withdrawn']),
    reason: z.string().max(500).optional(),
  }),
] as const;
const One = z
  .discriminatedUnion('type', shapes)
  .refine((one) => !('attachments' in one) || hasContent(one), 'text, html, attachments, location or choice is needed');
export type Said = z.infer<typeof One>;
export type SaidOf<T extends Said['type']> = Extract<Said, { type: T }>;

const hasContent = (one: object): boolean => {
  const { text, html, attachments, location, choice } = one as SaidOf<'message'>;
  return Boolean(text?.trim() || html?.trim() || attachments.length > 0 || location || choice);
};

/** One thing or a list of them. The first mistake is named as whoever sent it wrote it. */
export const readSaid = (rawBody: Buffer): Said[] => {
  const body = parseJson(rawBody);
  const list = Array.isArray(body) ? body : [body];
  if (list.length === 0 || list.length > 100) throw new ConnectorError('rejected', 'One to 100 things at once');
  return list.map((one, index) => {
    const parsed = One.safeParse(one);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    const where = [...(Array.isArray(body) ? [index] : []), ...(issue?.path ?? [])].join('.');
    throw new ConnectorError('rejected', `${where || 'The body'}: ${issue?.message ?? 'is wrong'}`);
  });
};
