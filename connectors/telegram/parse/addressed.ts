import type { Message } from './update.schema.ts';

export interface Bot {
  readonly id: number;
  /** Without the @; unknown: only answers to the bot are for it. */
  readonly username?: string | undefined;
}

/** In a group: does it answer the bot, name it, or give it a command? */
export const isForBot = (message: Message, { id, username }: Bot): boolean => {
  if (message.reply_to_message?.from?.id === id) return true;
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
