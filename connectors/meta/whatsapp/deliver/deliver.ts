import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext, OutboundCommand, Receipt } from '@switchboard/contract';
import { z } from 'zod';
import { sendAll } from '../../../kit/send-all.ts';
import type { Graph } from '../../graph.ts';
import { contentsOf, type Content } from './contents.ts';

const Sent = z.object({ messages: z.tuple([z.object({ id: z.string() })], z.unknown()) });

/** A number, a business-scoped user id (`US.1349…`), or a group. */
const addressee = (id: string): object => {
  if (/^\+?\d{5,20}$/.test(id)) return { recipient_type: 'individual', to: id };
  return /^[A-Z]{2}\./.test(id) ? { recipient_type: 'individual', recipient: id } : { recipient_type: 'group', to: id };
};

export const deliverWhatsApp = async (
  graph: Graph,
  phoneNumberId: string,
  links: Pick<ConnectorContext, 'publicMediaUrl'>,
  command: OutboundCommand,
): Promise<Receipt> => {
  const post = (body: object) => graph.post(`${phoneNumberId}/messages`, { messaging_product: 'whatsapp', ...body });
  const to = addressee(command.thread.externalId);
  const send = async (content: Content): Promise<string> => {
    const sent = Sent.safeParse(await post({ ...to, ...content, biz_opaque_callback_data: command.commandId }));
    if (!sent.success) throw new ConnectorError('unknown', 'WhatsApp’s answer does not say what was sent');
    return sent.data.messages[0].id;
  };
  switch (command.kind) {
    case 'message.send':
      return { ...(await sendAll(contentsOf(command.parts, links), send)), state: 'accepted' };
    case 'reaction.set': {
      const reaction = { message_id: command.messageExternalId, emoji: command.added ? command.emoji : '' };
      return { externalId: await send({ type: 'reaction', reaction }), state: 'accepted' };
    }
    case 'read.set':
      await post({ status: 'read', message_id: command.messageExternalId });
      return { externalId: command.commandId, state: 'sent' };
    case 'typing.set': {
      // One call is both, and says what was read (https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators).
      const message_id = command.answersExternalId;
      if (command.typing && command.tellsRead && message_id !== undefined)
        await post({ status: 'read', message_id, typing_indicator: { type: 'text' } });
      return { externalId: command.commandId, state: 'sent' };
    }
    default:
      throw new ConnectorError('unsupported', `WhatsApp has no ${command.kind}`);
  }
};
