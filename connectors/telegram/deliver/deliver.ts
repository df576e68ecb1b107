import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext, ContentPart, OutboundCommand, OutboundCommandOf, Receipt } from '@switchboard/contract';
import { addressOf, messageNumberOf } from '../address.ts';
import type { TelegramApi } from './api.ts';
import { sendMessage } from './send-message.ts';

type Edit = OutboundCommandOf<'message.edit'>;

const textOf = (parts: readonly ContentPart[]): string =>
  parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');

const isAbout = (error: unknown, pattern: RegExp): boolean =>
  error instanceof ConnectorError && error.code === 'rejected' && pattern.test(error.message);

/** The words of a message, or those below its picture. */
const editMessage = async (api: TelegramApi, { thread, messageExternalId, parts }: Edit): Promise<void> => {
  const words = textOf(parts);
  if (words === '') throw new ConnectorError('unsupported', 'On Telegram only the words of a message can be changed');
  const where = { ...addressOf(thread.externalId), message_id: messageNumberOf(messageExternalId) };
  try {
    await api.call('editMessageText', { ...where, text: words }, 'write');
  } catch (error) {
    if (isAbout(error, /no text in the message/i))
      return void (await api.call('editMessageCaption', { ...where, caption: words }, 'write'));
    // It says so already.
    if (!isAbout(error, /not modified/i)) throw error;
  }
};

/** All that it went out as, an album's pictures too. What is gone already was asked for a second time. */
const deleteMessages = async (api: TelegramApi, command: OutboundCommandOf<'message.delete'>): Promise<void> => {
  const { chat_id, business_connection_id } = addressOf(command.thread.externalId);
  const numbers = [command.messageExternalId, ...(command.furtherExternalIds ?? [])].map(messageNumberOf);
  if (business_connection_id !== undefined)
    return void (await api.call('deleteBusinessMessages', { business_connection_id, message_ids: numbers }, 'write'));
  for (const message_id of numbers)
    await api.call('deleteMessage', { chat_id, message_id }, 'write').catch((error: unknown) => {
      if (!isAbout(error, /no longer there/i)) throw error;
    });
};

export const deliver = async (
  api: TelegramApi,
  context: Pick<ConnectorContext, 'readMedia'>,
  command: OutboundCommand,
): Promise<Receipt> => {
  if (command.kind === 'message.send') return sendMessage(api, context, command);
  const address = () => addressOf(command.thread.externalId);
  switch (command.kind) {
    case 'message.edit':
      await editMessage(api, command);
      break;
    case 'message.delete':
      await deleteMessages(api, command);
      break;
    case 'reaction.set': {
      const reaction = command.added && command.emoji !== '' ? [{ type: 'emoji', emoji: command.emoji }] : [];
      const message_id = messageNumberOf(command.messageExternalId);
      await api.call('setMessageReaction', { ...address(), message_id, reaction }, 'write');
      break;
    }
    case 'typing.set':
      // It ends by itself, after five seconds or with the message.
      if (command.typing) await api.call('sendChatAction', { ...address(), action: 'typing' }, 'write');
      break;
    default:
      throw new ConnectorError('unsupported', `Telegram has no ${command.kind}`);
  }
  return { externalId: command.commandId, state: 'sent' };
};
