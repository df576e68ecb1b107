import { ConnectorError } from '@switchboard/contract';
import type { Capabilities, ConnectorContext, ContentPart } from '@switchboard/contract';
import { heldFileId } from '../kit/held-file.ts';

export type Links = Pick<ConnectorContext, 'publicMediaUrl' | 'webhookUrl'>;

/** Words and files of a message as Twilio takes them, on whichever of its channels. */
export const contentOf = (
  parts: readonly ContentPart[],
  links: Links,
  { content }: Capabilities,
  channel: string,
): { body?: string; mediaUrl?: string[] } => {
  const texts: string[] = [];
  const mediaUrl: string[] = [];
  for (const part of parts) {
    if (part.type === 'text') texts.push(part.text);
    else if (part.type === 'media') {
      mediaUrl.push(links.publicMediaUrl(heldFileId(part.media)));
      if (part.caption) texts.push(part.caption);
    } else throw new ConnectorError('unsupported', `${channel} cannot carry ${part.type}`);
  }
  const body = texts.join('\n');
  const { maxLength } = content.text;
  if (body.length > maxLength)
    throw new ConnectorError('rejected', `A message by ${channel} may have at most ${maxLength} characters`);
  const mostFiles = content.media?.maxCount ?? 0;
  if (mediaUrl.length > mostFiles)
    throw new ConnectorError('rejected', `A message by ${channel} may have at most ${mostFiles} files`);
  return { ...(body ? { body } : {}), ...(mediaUrl.length > 0 ? { mediaUrl } : {}) };
};
