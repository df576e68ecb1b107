import type { NormalisedEvent, Party, VerifiedRequest } from '@switchboard/contract';
import { readJson } from '../../kit/read-json.ts';
import { messageIdOf, threadIdOf, type Address } from '../address.ts';
import { answeredBy, isForBot, type Bot } from './addressed.ts';
import { contextOf } from './context.ts';
import { partsOf } from './parts.ts';
import { Update, type Chat, type Message, type User } from './update.schema.ts';

type Thread = NormalisedEvent['thread'];

export const nameOf = ({ first_name, last_name, username }: User): string | undefined =>
  [first_name, last_name].filter(Boolean).join(' ').slice(0, 500) || (username && `@${username}`) || undefined;

/**
 * A user name is no handle: it can be given up and taken by somebody else. Telegram's number of the person stays.
 */
const partyOf = (user: User): Party => {
  const displayName = nameOf(user);
  return { externalId: String(user.id), ...(displayName !== undefined && { displayName }), handles: [] };
};

/** Bots are no customers, but for Telegram's own, which stand for who writes as the group or as a channel. */
const writerOf = ({ from, chat, sender_chat: as }: Message): Party | null => {
  if (from === undefined || chat.type === 'channel') return null;
  if (!from.is_bot) return partyOf(from);
  if (as === undefined || isPrivate(chat)) return null;
  return { externalId: String(as.id), ...(as.title && { displayName: as.title.slice(0, 500) }), handles: [] };
};

const isPrivate = ({ type }: Chat): boolean => type === undefined || type === 'private';

const addressIn = (
  message: Pick<Message, 'chat' | 'is_topic_message' | 'message_thread_id' | 'business_connection_id'>,
) =>
  ({
    chat_id: message.chat.id,
    ...(message.is_topic_message && message.message_thread_id !== undefined
      ? { message_thread_id: message.message_thread_id }
      : {}),
    ...(message.business_connection_id !== undefined && { business_connection_id: message.business_connection_id }),
  }) satisfies Address;

const threadOf = (address: Address, chat: Chat): Thread => ({
  externalId: threadIdOf(address),
  shape: isPrivate(chat) ? 'direct' : 'group',
  ...(!isPrivate(chat) && chat.title ? { subject: chat.title.slice(0, 2000) } : {}),
});

const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** A message of a person in a private chat, or one that a group addresses to the bot. What only tells of the chat has no parts. */
const received = (message: Message, bot: Bot): NormalisedEvent[] => {
  const { from, chat } = message;
  const sender = writerOf(message);
  if (from === undefined || sender === null) return [];
  if (!isPrivate(chat) && !isForBot(message, bot)) return [];
  const parts = partsOf(message);
  if (parts.length === 0) return [];
  const address = addressIn(message);
  const externalId = messageIdOf(address, message.message_id);
  const common = { thread: threadOf(address, chat), occurredAt: instant(message.date), dedupeKey: externalId };
  const context = contextOf(message);
  const answered = answeredBy(message);
  const said = {
    externalId,
    parts,
    ...(answered && { inReplyTo: messageIdOf(address, answered.message_id) }),
    ...(context && { context }),
  };
  // In a business account's chat the one who is not the chat's other end is the account's owner, on the phone.
  if (message.business_connection_id !== undefined && from.id !== chat.id)
    return message.sender_business_bot === undefined
      ? [{ kind: 'message.echoed', ...common, recipient: { externalId: String(chat.id), handles: [] }, message: said }]
      : [];
  return [
    {
      kind: 'message.received',
      ...common,
      sender,
      message: {
        ...said,
        ...(message.quote && { quoted: message.quote.text }),
        ...(message.media_group_id !== undefined && { albumId: message.media_group_id }),
      },
    },
  ];
};

const edited = (message: Message, updateId: number, bot: Bot): NormalisedEvent[] => {
  const { chat } = message;
  if (writerOf(message) === null) return [];
  if (!isPrivate(chat) && !isForBot(message, bot)) return [];
  const parts = partsOf(message);
  if (parts.length === 0) return [];
  const address = addressIn(message);
  return [
    {
      kind: 'message.edited',
      thread: threadOf(address, chat),
      occurredAt: instant(message.edit_date ?? message.date),
      dedupeKey: `update:${updateId}`,
      message: { externalId: messageIdOf(address, message.message_id), parts },
    },
  ];
};

/** A button of ours was pressed: https://core.telegram.org/bots/api#callbackquery, which says no time. */
const pressed = ({ id, from, message, data }: NonNullable<Update['callback_query']>, at: Date): NormalisedEvent[] => {
  // A game's button has none.
  if (data === undefined) return [];
  const chat = message?.chat ?? { id: from.id, type: 'private' };
  const address = message === undefined ? { chat_id: from.id } : addressIn({ ...message, chat });
  const buttons = message?.reply_markup?.inline_keyboard?.flat() ?? [];
  const label = buttons.find((button) => button.callback_data === data)?.text;
  return [
    {
      kind: 'message.received',
      thread: threadOf(address, chat),
      occurredAt: at.toISOString(),
      dedupeKey: `callback:${id}`,
      sender: partyOf(from),
      message: {
        externalId: `callback:${id}`,
        parts: [{ type: 'choice', id: data.slice(0, 1000), ...(label && { label: label.slice(0, 2000) }) }],
        ...(message && { inReplyTo: messageIdOf(address, message.message_id) }),
      },
    },
  ];
};

/** Custom and paid ones have no emoji of their own. */
const emojiOf = ({ type, emoji }: { type: string; emoji?: string | undefined }): string =>
  (emoji ?? (type === 'paid' ? '⭐' : '✨')).slice(0, 100);

const reacted = (
  { chat, user, message_id, date, ...change }: NonNullable<Update['message_reaction']>,
  updateId: number,
): NormalisedEvent[] => {
  if (user === undefined || !isPrivate(chat)) return [];
  const address = { chat_id: chat.id };
  const [before, after] = [new Set(change.old_reaction.map(emojiOf)), new Set(change.new_reaction.map(emojiOf))];
  const event = (emoji: string, added: boolean): NormalisedEvent => ({
    kind: 'reaction.changed',
    thread: threadOf(address, chat),
    occurredAt: instant(date),
    dedupeKey: `update:${updateId}:${added ? '+' : '-'}${emoji}`,
    sender: partyOf(user),
    messageExternalId: messageIdOf(address, message_id),
    emoji,
    added,
  });
  return [
    ...[...before].filter((emoji) => !after.has(emoji)).map((emoji) => event(emoji, false)),
    ...[...after].filter((emoji) => !before.has(emoji)).map((emoji) => event(emoji, true)),
  ];
};

/** The person blocked the bot, or let it write again. */
const membership = (
  { chat, from, date, old_chat_member: old, new_chat_member: now }: NonNullable<Update['my_chat_member']>,
  updateId: number,
): NormalisedEvent[] => {
  if (!isPrivate(chat) || old.status === now.status || ![old.status, now.status].includes('kicked')) return [];
  const blocked = now.status === 'kicked';
  return [
    {
      kind: 'consent.changed',
      thread: threadOf({ chat_id: chat.id }, chat),
      occurredAt: instant(date),
      dedupeKey: `update:${updateId}`,
      sender: partyOf(from),
      consent: blocked ? 'withdrawn' : 'granted',
      reason: blocked ? 'blocked the bot' : 'unblocked the bot',
    },
  ];
};

const deleted = (
  { business_connection_id, chat, message_ids }: NonNullable<Update['deleted_business_messages']>,
  at: Date,
): NormalisedEvent[] =>
  [...new Set(message_ids)].map((messageId) => {
    const address = { chat_id: chat.id, business_connection_id };
    const externalId = messageIdOf(address, messageId);
    return {
      kind: 'message.deleted',
      thread: threadOf(address, chat),
      occurredAt: at.toISOString(),
      dedupeKey: `deleted:${externalId}`,
      message: { externalId },
    };
  });

export const readUpdate = (rawBody: Buffer): Update => readJson(rawBody, Update, 'a Telegram update');

/** What an update says; kinds that are no concern of a contact centre (channel posts, inline queries, …) say nothing. */
export const parseUpdate = ({ rawBody, receivedAt }: Pick<VerifiedRequest, 'rawBody' | 'receivedAt'>, bot: Bot) => {
  const update = readUpdate(rawBody);
  const message = update.message ?? update.business_message;
  if (message) return received(message, bot);
  const edit = update.edited_message ?? update.edited_business_message;
  if (edit) return edited(edit, update.update_id, bot);
  if (update.callback_query) return pressed(update.callback_query, receivedAt);
  if (update.message_reaction) return reacted(update.message_reaction, update.update_id);
  if (update.my_chat_member) return membership(update.my_chat_member, update.update_id);
  if (update.deleted_business_messages) return deleted(update.deleted_business_messages, receivedAt);
  return [];
};
