import { z } from 'zod';
import { lenient, Ref, Text } from '../../read-payload.ts';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages, as far as it is read here. */
const Time = lenient(z.union([z.string(), z.number()]));
const Fault = z.object({
  code: lenient(z.number()),
  title: lenient(z.string()),
  message: lenient(z.string()),
  error_data: lenient(z.object({ details: lenient(z.string()) })),
});
export type Fault = z.infer<typeof Fault>;
const Faults = lenient(z.array(Fault));

const Media = z.object({
  id: lenient(Ref),
  url: lenient(z.string()),
  link: lenient(z.string()),
  mime_type: lenient(z.string()),
  caption: lenient(Text),
  filename: lenient(z.string()),
  voice: lenient(z.boolean()),
});
export type Media = z.infer<typeof Media>;

const Card = z.object({
  name: lenient(z.object({ formatted_name: lenient(z.string()), first_name: lenient(z.string()) })),
  phones: lenient(z.array(z.object({ phone: lenient(z.string()), wa_id: lenient(z.string()) }))),
  emails: lenient(z.array(z.object({ email: lenient(z.string()) }))),
  vcard: lenient(z.string()),
});
export type Card = z.infer<typeof Card>;

const Answer = z.object({ id: lenient(z.string()), title: lenient(z.string()), description: lenient(z.string()) });
const Interactive = z.object({
  type: lenient(z.string()),
  button_reply: lenient(Answer),
  list_reply: lenient(Answer),
  nfm_reply: lenient(
    z.object({
      name: lenient(z.string()),
      body: lenient(z.string()),
      response_json: lenient(z.union([z.string(), z.unknown()])),
    }),
  ),
  call_permission_reply: lenient(z.object({ response: lenient(z.string()) })),
});
export type Interactive = z.infer<typeof Interactive>;

const Order = z.object({
  text: lenient(Text),
  product_items: lenient(
    z.array(
      z.object({
        product_retailer_id: lenient(Ref),
        quantity: lenient(z.union([z.number(), z.string()])),
        item_price: lenient(z.union([z.number(), z.string()])),
        currency: lenient(z.string()),
      }),
    ),
  ),
});
export type Order = z.infer<typeof Order>;

const content = {
  type: lenient(z.string()),
  text: lenient(z.object({ body: Text })),
  image: lenient(Media),
  video: lenient(Media),
  audio: lenient(Media),
  voice: lenient(Media),
  document: lenient(Media),
  sticker: lenient(Media),
  location: lenient(
    z.object({
      latitude: z.coerce.number(),
      longitude: z.coerce.number(),
      name: lenient(z.string()),
      address: lenient(z.string()),
    }),
  ),
  contacts: lenient(z.array(Card)),
  button: lenient(z.object({ text: lenient(z.string()), payload: lenient(z.string()) })),
  interactive: lenient(Interactive),
  order: lenient(Order),
  system: lenient(
    z.object({
      body: lenient(Text),
      type: lenient(z.string()),
      wa_id: lenient(Ref),
      new_wa_id: lenient(Ref),
      user_id: lenient(Ref),
    }),
  ),
  unsupported: lenient(z.object({ type: lenient(z.string()) })),
  template: lenient(z.object({ name: lenient(z.string()) })),
  errors: Faults,
};

export const Message = z.object({
  ...content,
  id: Ref,
  from: lenient(Ref),
  from_user_id: lenient(Ref),
  user_id: lenient(Ref),
  to: lenient(Ref),
  to_user_id: lenient(Ref),
  group_id: lenient(Ref),
  timestamp: Time,
  context: lenient(
    z.object({
      id: lenient(Ref),
      forwarded: lenient(z.boolean()),
      frequently_forwarded: lenient(z.boolean()),
      referred_product: lenient(z.object({ catalog_id: lenient(Ref), product_retailer_id: lenient(Ref) })),
    }),
  ),
  referral: lenient(
    z.object({ source_url: lenient(z.string()), headline: lenient(z.string()), body: lenient(z.string()) }),
  ),
  reaction: lenient(z.object({ message_id: Ref, emoji: lenient(z.string()) })),
  edit: lenient(z.object({ original_message_id: Ref, message: lenient(z.object(content)) })),
  revoke: lenient(z.object({ original_message_id: Ref })),
});
export type Message = z.infer<typeof Message>;
export type Content = Pick<Message, keyof typeof content>;

const Contact = z.object({
  wa_id: lenient(Ref),
  user_id: lenient(Ref),
  profile: lenient(z.object({ name: lenient(z.string()), username: lenient(z.string()) })),
});
export type Contact = z.infer<typeof Contact>;

export const Status = z.object({
  id: Ref,
  status: z.string(),
  timestamp: Time,
  recipient_id: lenient(Ref),
  recipient_user_id: lenient(Ref),
  recipient_type: lenient(z.string()),
  errors: Faults,
});
export type Status = z.infer<typeof Status>;

const Preference = z.object({
  wa_id: lenient(Ref),
  user_id: lenient(Ref),
  value: lenient(z.string()),
  detail: lenient(z.string()),
  timestamp: Time,
});

export const Value = z.object({
  contacts: lenient(z.array(Contact)),
  messages: z.array(Message).optional(),
  message_echoes: z.array(Message).optional(),
  statuses: z.array(Status).optional(),
  user_preferences: z.array(Preference).optional(),
});
export type Value = z.infer<typeof Value>;

/** Of other fields (templates' reviews, the account's quality, …) nothing is read: they are no matter of a conversation. */
const read = ['messages', 'smb_message_echoes', 'user_preferences', 'standby'];
const Change = z.preprocess(
  (change) => (read.includes(String(Object(change).field ?? 'messages')) ? change : { field: 'other', value: {} }),
  z.object({ field: z.string().optional(), value: Value }),
);
export const Payload = z.object({ entry: z.array(z.object({ changes: z.array(Change).default([]) })).default([]) });
