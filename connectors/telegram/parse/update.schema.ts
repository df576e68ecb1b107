import { z } from 'zod';

/** https://core.telegram.org/bots/api#update, as far as it is read here. */
const Seconds = z.int().min(0).max(253_402_300_799);
const User = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
});
export type User = z.infer<typeof User>;
const Chat = z.object({ id: z.int(), type: z.string().optional(), title: z.string().optional() });
export type Chat = z.infer<typeof Chat>;

const file = {
  file_id: z.string().min(1).max(4096),
  file_size: z.int().nonnegative().optional(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
};
export const File = z.object(file);
export type File = z.infer<typeof File>;
export const Photo = z.object({ ...file, width: z.number().optional(), height: z.number().optional() });
export type Photo = z.infer<typeof Photo>;
const Location = z.object({ latitude: z.number(), longitude: z.number() });
const Option = z.object({ text: z.string() });

const Entity = z.object({
  type: z.string(),
  offset: z.int().nonnegative(),
  length: z.int().nonnegative(),
  url: z.string().optional(),
  user: User.optional(),
});
export type Entity = z.infer<typeof Entity>;

const Origin = z.object({
  sender_user: User.optional(),
  sender_user_name: z.string().optional(),
  sender_chat: Chat.optional(),
  chat: Chat.optional(),
});
const Button = z.object({ text: z.string(), callback_data: z.string().optional() });
const Keyboard = z.object({ inline_keyboard: z.array(z.array(Button)).optional() });

export const Message = z.object({
  message_id: z.int(),
  from: User.optional(),
  /** Who writes as the group itself, or as a channel of theirs. */
  sender_chat: Chat.optional(),
  sender_business_bot: User.optional(),
  chat: Chat,
  date: Seconds,
  edit_date: Seconds.optional(),
  message_thread_id: z.int().optional(),
  is_topic_message: z.boolean().optional(),
  business_connection_id: z.string().max(200).optional(),
  media_group_id: z.coerce.string().max(200).optional(),
  reply_to_message: z.object({ message_id: z.int(), from: User.optional() }).optional(),
  quote: z.object({ text: z.string() }).optional(),
  reply_to_story: z.object({ chat: Chat }).optional(),
  forward_origin: Origin.optional(),
  forward_from: User.optional(),
  forward_from_chat: Chat.optional(),
  forward_sender_name: z.string().optional(),
  reply_markup: Keyboard.optional(),
  text: z.string().optional(),
  entities: z.array(Entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(Entity).optional(),
  photo: z.array(Photo).optional(),
  video: File.optional(),
  animation: File.optional(),
  video_note: File.optional(),
  voice: File.optional(),
  audio: z.object({ ...file, title: z.string().optional(), performer: z.string().optional() }).optional(),
  document: File.optional(),
  sticker: z
    .object({
      ...file,
      emoji: z.string().optional(),
      is_animated: z.boolean().optional(),
      is_video: z.boolean().optional(),
      thumbnail: File.optional(),
    })
    .optional(),
  paid_media: z
    .object({ paid_media: z.array(z.object({ photo: z.array(Photo).optional(), video: File.optional() })) })
    .optional(),
  location: Location.optional(),
  venue: z.object({ location: Location, title: z.string(), address: z.string() }).optional(),
  contact: z
    .object({
      phone_number: z.string(),
      first_name: z.string(),
      last_name: z.string().optional(),
      vcard: z.string().optional(),
    })
    .optional(),
  dice: z.object({ emoji: z.string(), value: z.int() }).optional(),
  poll: z.object({ question: z.string(), options: z.array(Option) }).optional(),
  checklist: z.object({ title: z.string(), tasks: z.array(Option) }).optional(),
  game: z.object({ title: z.string() }).optional(),
  story: z.object({ chat: Chat }).optional(),
  invoice: z.object({ title: z.string() }).optional(),
  successful_payment: z.object({ currency: z.string(), total_amount: z.int() }).optional(),
  web_app_data: z.object({ data: z.string(), button_text: z.string() }).optional(),
  gift: z.object({ text: z.string().optional() }).optional(),
  unique_gift: z.object({}).optional(),
  rich_message: z.object({ blocks: z.array(z.unknown()) }).optional(),
});
export type Message = z.infer<typeof Message>;

/** A message that the bot can't see any more has no date (0). */
const CallbackMessage = Message.partial().required({ message_id: true, chat: true });
const Reaction = z.object({ type: z.string(), emoji: z.string().optional() });
const Member = z.object({ status: z.string() });

export const Update = z.object({
  update_id: z.int(),
  message: Message.optional(),
  edited_message: Message.optional(),
  business_message: Message.optional(),
  edited_business_message: Message.optional(),
  deleted_business_messages: z
    .object({ business_connection_id: z.string().max(200), chat: Chat, message_ids: z.array(z.int()).max(1000) })
    .optional(),
  callback_query: z
    .object({
      id: z.string().min(1).max(200),
      from: User,
      message: CallbackMessage.optional(),
      data: z.string().optional(),
    })
    .optional(),
  message_reaction: z
    .object({
      chat: Chat,
      message_id: z.int(),
      user: User.optional(),
      date: Seconds,
      old_reaction: z.array(Reaction),
      new_reaction: z.array(Reaction),
    })
    .optional(),
  my_chat_member: z
    .object({ chat: Chat, from: User, date: Seconds, old_chat_member: Member, new_chat_member: Member })
    .optional(),
});
export type Update = z.infer<typeof Update>;
