import { z } from 'zod';
import { lenient, Ref, Text } from '../../read-payload.ts';

/** https://developers.facebook.com/docs/messenger-platform/reference/webhook-events; Instagram's are the same but for a few fields. */
const Time = lenient(z.union([z.string(), z.number()]));
const Words = lenient(z.string());

const Element = z.object({ title: Words, subtitle: Words, image_url: Words, item_url: Words });
const Attachment = z.object({
  type: Words,
  title: Words,
  url: Words,
  payload: lenient(
    z
      .object({
        url: Words,
        title: Words,
        text: Words,
        sticker_id: lenient(Ref),
        coordinates: lenient(z.object({ lat: z.coerce.number(), long: z.coerce.number() })),
        elements: lenient(z.array(Element)),
        product: lenient(z.object({ elements: lenient(z.array(Element)) })),
      })
      .nullable(),
  ),
});
export type Attachment = z.infer<typeof Attachment>;

const Referral = z.object({
  ref: Words,
  source: Words,
  type: Words,
  ad_id: lenient(Ref),
  referer_uri: Words,
  product: lenient(z.object({ id: lenient(Ref) })),
  ads_context_data: lenient(z.object({ ad_title: Words, photo_url: Words, video_url: Words })),
});
export type Referral = z.infer<typeof Referral>;

const Message = z.object({
  mid: Ref,
  text: lenient(Text),
  is_echo: lenient(z.boolean()),
  is_deleted: lenient(z.boolean()),
  is_unsupported: lenient(z.boolean()),
  app_id: lenient(Ref),
  metadata: Words,
  quick_reply: lenient(z.object({ payload: Words })),
  attachments: lenient(z.array(Attachment)),
  reply_to: lenient(z.object({ mid: lenient(Ref), story: lenient(z.object({ id: lenient(Ref), url: Words })) })),
  referral: lenient(Referral),
});
export type Message = z.infer<typeof Message>;

const Someone = z.object({ id: lenient(Ref) });

export const Messaging = z.object({
  sender: lenient(Someone),
  recipient: lenient(Someone),
  timestamp: Time,
  message: Message.optional(),
  message_edit: z.object({ mid: Ref, text: lenient(Text), num_edit: lenient(z.number()) }).optional(),
  reaction: z.object({ mid: Ref, action: Words, emoji: Words, reaction: Words }).optional(),
  postback: z.object({ mid: lenient(Ref), title: Words, payload: Words, referral: lenient(Referral) }).optional(),
  referral: Referral.optional(),
  read: z.object({ mid: lenient(Ref), watermark: Time }).optional(),
  delivery: z.object({ mids: lenient(z.array(Ref)), watermark: Time }).optional(),
  optin: z
    .object({
      type: Words,
      ref: Words,
      payload: Words,
      title: Words,
      user_token_status: Words,
      notification_messages_status: Words,
    })
    .optional(),
});
export type Messaging = z.infer<typeof Messaging>;

/** The fields that the test button of Meta's dashboard sends as changes, where real ones come as `messaging`. */
const read = [
  'messages',
  'message_edit',
  'message_reactions',
  'messaging_postbacks',
  'messaging_referral',
  'messaging_seen',
];
const Change = z.preprocess(
  (change) => (read.includes(String(Object(change).field)) ? change : { value: undefined }),
  z.object({ value: Messaging.optional() }),
);

const Entry = z.object({
  id: lenient(Ref),
  time: Time,
  messaging: z.array(Messaging).default([]),
  /** While another app has the conversation. */
  standby: z.array(Messaging).default([]),
  changes: z.array(Change).default([]),
});
export type Entry = z.infer<typeof Entry>;
export const Payload = z.object({ entry: z.array(Entry).default([]) });
