import type { MessageContext } from '@switchboard/contract';
import type { Message, User } from './update.schema.ts';

const named = (user: User | undefined): string | undefined =>
  user && ([user.first_name, user.last_name].filter(Boolean).join(' ') || user.username);

const forwardedFrom = (message: Message): string | undefined => {
  const { forward_origin: origin } = message;
  return (
    named(origin?.sender_user ?? message.forward_from) ??
    origin?.sender_user_name ??
    message.forward_sender_name ??
    (origin?.sender_chat ?? origin?.chat ?? message.forward_from_chat)?.title
  );
};

/** Forwarded words, and the link that somebody came by (`t.me/bot?start=…` brings its parameter after /start). */
export const contextOf = (message: Message): MessageContext | undefined => {
  if (message.reply_to_story) return { type: 'story-reply' };
  const { forward_origin, forward_from, forward_from_chat, forward_sender_name } = message;
  if (forward_origin ?? forward_from ?? forward_from_chat ?? forward_sender_name) {
    const title = forwardedFrom(message)?.slice(0, 1000);
    return { type: 'forwarded', ...(title && { title }) };
  }
  const parameter = /^\/start(?:@\w+)? ([\w-]{1,64})$/.exec(message.text ?? '')?.[1];
  return parameter === undefined ? undefined : { type: 'link', title: parameter };
};
