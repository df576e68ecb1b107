import { text as readText } from 'node:stream/consumers';
import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext, ContentPart, OutboundCommand, Receipt } from '@switchboard/contract';
import { z } from 'zod';
import { heldFileId } from '../kit/held-file.ts';
import { asConnectorError, codeOfStatus, retryAfterMs } from '../kit/provider-error.ts';
import type { SafeFetch } from '../kit/safe-fetch.ts';
import { signedHeaders } from '../kit/standard-webhooks.ts';
import type { ApiSettings } from './settings.ts';

export interface Delivering {
  readonly settings: ApiSettings;
  readonly fetch: SafeFetch;
  readonly context: Pick<ConnectorContext, 'now' | 'publicMediaUrl'>;
}

const contentOf = (parts: readonly ContentPart[], { context }: Delivering): object => {
  const attachments: object[] = [];
  const content: Record<string, unknown> = {};
  const texts: string[] = [];
  for (const part of parts) {
    if (part.type === 'text') texts.push(part.text);
    else if (part.type === 'html') content['html'] = part.html;
    else if (part.type === 'choices') content['choices'] = { prompt: part.prompt, options: part.choices };
    else if (part.type === 'location') content['location'] = { ...part, type: undefined };
    else if (part.type === 'media') {
      const { fileName, mimeType, bytes } = part.media;
      attachments.push({ url: context.publicMediaUrl(heldFileId(part.media)), name: fileName, type: mimeType, bytes });
      if (part.caption) texts.push(part.caption);
    } else throw new ConnectorError('unsupported', `This channel cannot carry ${part.type}`);
  }
  return { ...content, text: texts.join('\n') || undefined, attachments };
};

/** The same words as those that come in, from our side. */
const payloadOf = (command: OutboundCommand, delivering: Delivering): object => {
  const { displayName: name, avatarUrl } = command.requestedBy;
  const common = {
    conversation: command.thread.externalId,
    from: { name, avatarUrl },
    to: { id: command.recipient.externalId, name: command.recipient.displayName },
  };
  switch (command.kind) {
    case 'message.send': {
      const { inReplyTo, thread } = command;
      const content = contentOf(command.parts, delivering);
      return { type: 'message', id: command.messageId, ...common, subject: thread.subject, inReplyTo, ...content };
    }
    case 'message.edit':
      return {
        type: 'message.edited',
        id: command.messageExternalId,
        ...common,
        ...contentOf(command.parts, delivering),
      };
    case 'message.delete':
      return { type: 'message.deleted', id: command.messageExternalId, ...common };
    case 'reaction.set':
      return {
        type: 'reaction',
        messageId: command.messageExternalId,
        ...common,
        emoji: command.emoji,
        added: command.added,
      };
    case 'typing.set':
      return { type: 'typing', ...common, typing: command.typing };
    case 'read.set':
      return { type: 'receipt', messageId: command.messageExternalId, ...common, state: 'read' };
    default:
      throw new ConnectorError('unsupported', `This channel has no ${command.kind}`);
  }
};

const Answer = z
  .object({ id: z.string().min(1).max(500).optional(), error: z.string().max(1000).optional() })
  .catch({});
const readAnswer = (body: string): z.infer<typeof Answer> => {
  try {
    return Answer.parse(JSON.parse(body));
  } catch {
    // Nothing needs to be answered.
    return {};
  }
};

/** The same `webhook-id` is the same message, so the other side takes it once, and a lost answer is asked for again. */
export const post = async (
  id: string,
  payload: object,
  { settings, fetch, context }: Delivering,
  timeoutMs?: number,
) => {
  if (settings.deliverUrl === '')
    throw new ConnectorError('rejected', 'No answer goes out over this account: its settings name no address for them');
  const body = JSON.stringify(payload);
  const headers = {
    'content-type': 'application/json',
    ...signedHeaders(settings.signingSecret, id, body, context.now()),
  };
  try {
    const response = await fetch(settings.deliverUrl, { method: 'POST', headers, body, timeoutMs });
    const answer = readAnswer(await readText(response.body));
    if (response.status < 300) return answer;
    const wait = retryAfterMs(response.headers.get('retry-after'), context.now());
    // 410 is how the other side says that it wants no more.
    const code = response.status === 410 ? 'unauthorised' : codeOfStatus(response.status, 'read');
    const words = answer.error ? `The receiver says: ${answer.error}` : 'The receiver refused it';
    throw new ConnectorError(code, `${words} (${response.status})`, wait === undefined ? {} : { retryAfterMs: wait });
  } catch (error) {
    throw asConnectorError(error, 'Receiver', 'read');
  }
};

export const deliverToApi = async (command: OutboundCommand, delivering: Delivering): Promise<Receipt> => {
  const payload = payloadOf(command, delivering);
  const at = delivering.context.now().toISOString();
  const { id } = await post(command.commandId, { ...payload, at }, delivering);
  const own = command.kind === 'message.send' ? command.messageId : command.commandId;
  return { externalId: id ?? own, state: 'sent' };
};
