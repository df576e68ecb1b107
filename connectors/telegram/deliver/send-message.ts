import { ConnectorError } from '@switchboard/contract';
import type { OutboundCommandOf, Receipt } from '@switchboard/contract';
import { z } from 'zod';
import { addressOf, messageIdOf, messageNumberOf, type Address } from '../address.ts';
import type { Fields, TelegramApi } from './api.ts';
import { callsOf, type Files } from './calls.ts';

type Send = OutboundCommandOf<'message.send'>;
const Message = z.object({ message_id: z.int() });
/** One message, or those of an album, which the first stands for. */
const Sent = z.union([Message, z.tuple([Message], z.unknown()).transform(([first]) => first)]);

/** In a group one sees what is answered; in a chat of two an answer needs no quote. */
const answering = ({ chat_id }: Address, { inReplyTo }: Send): Fields =>
  chat_id < 0 && inReplyTo !== undefined && !inReplyTo.startsWith('callback:')
    ? { reply_parameters: { message_id: messageNumberOf(inReplyTo), allow_sending_without_reply: true } }
    : {};

export const sendMessage = async (api: TelegramApi, files: Files, command: Send): Promise<Receipt> => {
  const calls = await callsOf(command.parts, files);
  const address = addressOf(command.thread.externalId);
  if (calls.length === 0) throw new ConnectorError('unsupported', 'There is nothing in it that Telegram can carry');
  let first: string | undefined;
  for (const { method, fields, files: uploads } of calls) {
    const whole = { ...address, ...(first === undefined && answering(address, command)), ...fields };
    const result = await api.call(method, whole, 'write', uploads).catch((error: unknown) => {
      // Sent again as a whole, what went out would go out twice.
      if (first === undefined || !(error instanceof ConnectorError)) throw error;
      throw new ConnectorError('unknown', `Only a part of it was sent. ${error.message}.`, { cause: error });
    });
    const sent = Sent.safeParse(result);
    if (!sent.success) throw new ConnectorError('unknown', 'Telegram’s answer does not say what was sent');
    first ??= messageIdOf(address, sent.data.message_id);
  }
  return { externalId: first ?? '', state: 'sent' };
};
