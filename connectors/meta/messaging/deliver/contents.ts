import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext, ContentPart } from '@switchboard/contract';
import { heldFileId } from '../../../kit/held-file.ts';

type Links = Pick<ConnectorContext, 'publicMediaUrl'>;
const most = { choices: 13, title: 20, payload: 1000 };

const kindOf = (mimeType = ''): string => {
  const [kind = ''] = mimeType.split('/');
  return ['image', 'video', 'audio'].includes(kind) ? kind : 'file';
};

const choicesMessage = ({ prompt, choices }: Extract<ContentPart, { type: 'choices' }>): object => {
  if (choices.length > most.choices)
    throw new ConnectorError('rejected', `At most ${most.choices} choices can be offered at once`);
  const quick_replies = choices.map(({ id, label }) => {
    if (label.length > most.title)
      throw new ConnectorError('rejected', `“${label}” is longer than the ${most.title} characters of a choice`);
    return { content_type: 'text', title: label, payload: id.slice(0, most.payload) };
  });
  return { text: prompt, quick_replies };
};

/** Each part is a message of its own: https://developers.facebook.com/docs/messenger-platform/reference/send-api */
export const messagesOf = (parts: readonly ContentPart[], links: Links, name: string, mostBytes?: number): object[] =>
  parts.flatMap((part): object[] => {
    switch (part.type) {
      case 'text':
        if (mostBytes !== undefined && Buffer.byteLength(part.text) > mostBytes)
          throw new ConnectorError('rejected', `${name} takes at most ${mostBytes} bytes of text; write it as two`);
        return [{ text: part.text }];
      case 'html':
        return [];
      case 'media': {
        const payload = { url: links.publicMediaUrl(heldFileId(part.media)), is_reusable: false };
        const file = { attachment: { type: kindOf(part.media.mimeType), payload } };
        return part.caption ? [file, { text: part.caption }] : [file];
      }
      case 'choices':
        return [choicesMessage(part)];
      default:
        throw new ConnectorError('unsupported', `${name} cannot carry ${part.type}`);
    }
  });
