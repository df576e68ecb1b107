import type { Message } from './update.schema.ts';

export interface Bot {
  readonly id: number;
  /** Without the @; unknown: only answers to the bot are for it. */
  readonly username?: string | undefined;
}

/** What a message answers. In a topic of a group those that answer nobody answer the one that opened it, says Telegram. */
export const answeredBy = ({ reply_to_message: answered, is_topic_message, message_thread_id }: Message) =>
  is_topic_message && answered?.message_id === message_thread_id ? undefined : answered;

/** In a group: does it answer the bot, name it, or give it a command? */
export const isForBot = (message: Message, { id, username }: Bot): boolean => {
  if (answeredBy(message)?.from?.id === id) return true;
  const said = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  if (entities.some(({ type, user }) => type === 'text_mention' && user?.id === id)) return true;
  if (username === undefined) return false;
  const name = `@${username.replace(/^@/, '')}`.toLowerCase();
  return entities.some(({ type, offset, length }) => {
    const marked = said.slice(offset, offset + length).toLowerCase();
    return type === 'mention' ? marked === name : type === 'bot_command' && marked.endsWith(name);
  });
};
