import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext, ContentPart, OutboundCommand, Receipt } from '@switchboard/contract';
import type { TwilioClient } from '../client.ts';
import { statusHook } from '../sms.ts';
import { capabilities } from './capabilities.ts';
import type { WhatsAppSettings } from './settings.ts';
import { contentSidOf } from './templates.ts';

type Links = Pick<ConnectorContext, 'publicMediaUrl' | 'webhookUrl'>;

const contentOf = (parts: readonly ContentPart[], links: Links) => {
  const template = parts.find((part) => part.type === 'template');
  if (template) {
    const { name, variables } = template;
    const values = Object.keys(variables).length > 0 && { contentVariables: JSON.stringify(variables) };
    return { contentSid: contentSidOf(name), ...values };
  }
  const texts: string[] = [];
  const mediaUrl: string[] = [];
  for (const part of parts) {
    if (part.type === 'text') texts.push(part.text);
    else if (part.type === 'media') {
      if (!part.media.mediaId) throw new ConnectorError('rejected', 'The hub does not hold this attachment');
      mediaUrl.push(links.publicMediaUrl(part.media.mediaId));
      if (part.caption) texts.push(part.caption);
    } else throw new ConnectorError('unsupported', `WhatsApp by Twilio cannot carry ${part.type}`);
  }
  const body = texts.join('\n');
  const { maxLength } = capabilities.content.text;
  if (body.length > maxLength)
    throw new ConnectorError('rejected', `A message may have at most ${maxLength} characters`);
  if (mediaUrl.length > 1) throw new ConnectorError('rejected', 'WhatsApp by Twilio takes one file per message');
  return { ...(body ? { body } : {}), ...(mediaUrl.length > 0 ? { mediaUrl } : {}) };
};

/** As SMS, with the channel's name before both numbers. https://www.twilio.com/docs/whatsapp/api */
export const deliverWhatsApp = async (
  client: TwilioClient,
  { from }: WhatsAppSettings,
  links: Links,
  command: OutboundCommand,
): Promise<Receipt> => {
  if (command.kind !== 'message.send')
    throw new ConnectorError('unsupported', `WhatsApp by Twilio has no ${command.kind}`);
  const content = contentOf(command.parts, links);
  const { messages } = await client();
  const message = await messages.create({
    to: `whatsapp:${command.thread.externalId}`,
    from: `whatsapp:${from}`,
    ...content,
    statusCallback: `${links.webhookUrl}/${statusHook}`,
  });
  return { externalId: message.sid, state: 'accepted' };
};
