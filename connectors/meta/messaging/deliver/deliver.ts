import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext, OutboundCommand, OutboundCommandOf, Receipt } from '@switchboard/contract';
import { z } from 'zod';
import { sendAll } from '../../../kit/send-all.ts';
import type { Graph } from '../../graph.ts';
import { ownMark, type Sort } from '../parse/parse-messaging.ts';
import type { MessagingSettings } from '../settings.ts';
import { messagesOf } from './contents.ts';

const Sent = z.object({ message_id: z.string().min(1) });
const DAY_MS = 24 * 3_600_000;
const INSTAGRAM_BYTES = 1000;

export interface Door {
  readonly graph: Graph;
  readonly sort: Sort;
  readonly settings: Pick<MessagingSettings, 'humanAgent'>;
  readonly context: Pick<ConnectorContext, 'publicMediaUrl' | 'now'>;
}

/** Within a day it is an answer; later only with Meta's permission, as a person's word. */
const typeOf = ({ lastInboundAt }: OutboundCommandOf<'message.send'>, { settings, context }: Door): object => {
  const age = lastInboundAt === undefined ? 0 : context.now().getTime() - Date.parse(lastInboundAt);
  if (age < DAY_MS) return { messaging_type: 'RESPONSE' };
  if (settings.humanAgent) return { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
  throw new ConnectorError(
    'rejected',
    'The customer last wrote more than 24 hours ago. Later answers need Meta’s permission “Human Agent”, in the channel’s settings',
  );
};

const sendMessage = async (door: Door, command: OutboundCommandOf<'message.send'>): Promise<Receipt> => {
  const { graph, sort, context } = door;
  const isInstagram = sort.object === 'instagram';
  const messages = messagesOf(command.parts, context, sort.name, isInstagram ? INSTAGRAM_BYTES : undefined);
  const type = typeOf(command, door);
  const ids = await sendAll(messages, async (content) => {
    const message = isInstagram ? content : { ...content, metadata: `${ownMark}${command.commandId}` };
    const body = { recipient: { id: command.thread.externalId }, ...type, message };
    const sent = Sent.safeParse(await graph.post('me/messages', body));
    if (!sent.success) throw new ConnectorError('unknown', 'Meta’s answer does not say what was sent');
    return sent.data.message_id;
  });
  return { ...ids, state: 'sent' };
};

export const deliverMessaging = async (door: Door, command: OutboundCommand): Promise<Receipt> => {
  if (command.kind === 'message.send') return sendMessage(door, command);
  const act = async (action: string, payload?: object): Promise<Receipt> => {
    const recipient = { id: command.thread.externalId };
    await door.graph.post('me/messages', { recipient, sender_action: action, ...(payload && { payload }) });
    return { externalId: command.commandId, state: 'sent' };
  };
  switch (command.kind) {
    case 'typing.set':
      return act(command.typing ? 'typing_on' : 'typing_off');
    case 'read.set':
      return act('mark_seen');
    case 'reaction.set': {
      const message = { message_id: command.messageExternalId };
      // Instagram names its one.
      const reaction = door.sort.object === 'instagram' ? 'love' : command.emoji;
      return command.added ? act('react', { ...message, reaction }) : act('unreact', message);
    }
    default:
      throw new ConnectorError('unsupported', `${door.sort.name} has no ${command.kind}`);
  }
};
