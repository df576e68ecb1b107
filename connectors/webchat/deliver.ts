import { ConnectorError } from '@switchboard/contract';
import type {
  ConnectorContext,
  ContentPart,
  OutboundCommand,
  OutboundCommandOf,
  Receipt,
  VisitorMessage,
  VisitorPush,
} from '@switchboard/contract';

type Context = Pick<ConnectorContext, 'push' | 'publicMediaUrl' | 'now'>;

const push = async (context: Context, visitorId: string, frame: VisitorPush): Promise<Receipt['state']> => {
  try {
    // Nobody there is no failure: the hub keeps the message and the visitor's next welcome has it.
    return (await context.push(visitorId, frame)).acked ? 'delivered' : 'sent';
  } catch (cause) {
    throw new ConnectorError('temporary', 'The visitor’s browser could not be reached.', { cause });
  }
};

const partForBrowser = (context: Context, part: ContentPart): ContentPart => {
  if (part.type === 'text' || part.type === 'choices') return part;
  if (part.type === 'media' && part.media.mediaId) {
    return { ...part, media: { ...part.media, source: context.publicMediaUrl(part.media.mediaId) } };
  }
  throw new ConnectorError('unsupported', `The chat cannot show this part: ${part.type}.`);
};

const messageOf = (context: Context, command: OutboundCommandOf<'message.send'>): VisitorMessage => {
  const { displayName: name, avatarUrl } = command.requestedBy;
  return {
    id: command.messageId,
    clientId: null,
    from: 'agent',
    agent: name ? { name, ...(avatarUrl ? { avatarUrl } : {}) } : null,
    parts: command.parts.map((part) => partForBrowser(context, part)),
    at: context.now().toISOString(),
    state: 'sent',
  };
};

const pushOf = (context: Context, command: OutboundCommand): VisitorPush | null => {
  switch (command.kind) {
    case 'message.send':
      return { type: 'message', message: messageOf(context, command) };
    case 'typing.set': {
      const agent = command.requestedBy.displayName;
      return { type: 'typing', typing: command.typing, ...(agent ? { agent } : {}) };
    }
    case 'message.edit':
      command.parts.forEach((part) => partForBrowser(context, part));
      return null;
    case 'message.delete':
    case 'reaction.set':
      return null;
    case 'read.set':
      return { type: 'read', messageId: command.messageExternalId };
    default:
      throw new ConnectorError('unsupported', `The chat has no ${command.kind}.`);
  }
};

/**
 * The visitor's id is the thread's: one conversation per visitor. A push sent twice is one message, by its id. What changes in a
 * message that is out goes to the browser with the hub's own record of it, which is what the chat shows: nothing is sent here.
 */
export const deliver = async (context: Context, command: OutboundCommand): Promise<Receipt> => {
  const frame = pushOf(context, command);
  const state = frame === null ? 'sent' : await push(context, command.thread.externalId, frame);
  return { externalId: command.kind === 'message.send' ? command.messageId : command.commandId, state };
};
