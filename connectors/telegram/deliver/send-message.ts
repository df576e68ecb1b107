import { ConnectorError } from '@switchboard/contract';
import type { OutboundCommandOf, Receipt } from '@switchboard/contract';
import { z } from 'zod';
import { sendAll } from '../../kit/send-all.ts';
import { addressOf, messageIdOf, messageNumberOf, type Address } from '../address.ts';
import type { Fields, TelegramApi } from './api.ts';
import { callsOf, type Files } from './calls.ts';

type Send = OutboundCommandOf<'message.send'>;
const Message = z.object({ message_id: z.int() });
/** One message, or those of an album. */
const Sent = z.union([Message.transform((message) => [message]), z.array(Message).min(1)]);

/** In a group one sees what is answered; in a chat of two an answer needs no quote. */
const answering = ({ chat_id }: Address, { inReplyTo }: Send): Fields =>
  chat_id < 0 && inReplyTo !== undefined && !inReplyTo.startsWith('callback:')
    ? { reply_parameters: { message_id: messageNumberOf(inReplyTo), allow_sending_without_reply: true } }
    : {};

export const sendMessage = async (api: TelegramApi, files: Files, command: Send): Promise<Receipt> => {
  const [first, ...rest] = await callsOf(command.parts, files);
  const address = addressOf(command.thread.externalId);
  const calls = first ? [{ ...first, fields: { ...answering(address, command), ...first.fields } }, ...rest] : [];
  const ids = await sendAll(calls, async ({ method, fields, files: uploads }) => {
    const sent = Sent.safeParse(await api.call(method, { ...address, ...fields }, 'write', uploads));
    if (!sent.success) throw new ConnectorError('unknown', 'Telegram’s answer does not say what was sent');
    return sent.data.map(({ message_id }) => messageIdOf(address, message_id));
  });
  return { ...ids, state: 'sent' };
};
