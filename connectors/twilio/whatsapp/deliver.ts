import { ConnectorError } from '@switchboard/contract';
import type { ContentPart, OutboundCommand, Receipt } from '@switchboard/contract';
import type { TwilioClient } from '../client.ts';
import { contentOf } from '../content.ts';
import type { Links } from '../content.ts';
import { statusHook } from '../sms.ts';
import { capabilities } from './capabilities.ts';
import type { WhatsAppSettings } from './settings.ts';
import { contentSidOf } from './templates.ts';

/** A template is sent by its id, and nothing besides. */
const templateOf = (parts: readonly ContentPart[]) => {
  const template = parts.find((part) => part.type === 'template');
  if (template === undefined) return undefined;
  const { name, variables } = template;
  const values = Object.keys(variables).length > 0 && { contentVariables: JSON.stringify(variables) };
  return { contentSid: contentSidOf(name), ...values };
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
  const content = templateOf(command.parts) ?? contentOf(command.parts, links, capabilities, 'WhatsApp by Twilio');
  const { messages } = await client();
  const message = await messages.create({
    to: `whatsapp:${command.thread.externalId}`,
    from: `whatsapp:${from}`,
    ...content,
    statusCallback: `${links.webhookUrl}/${statusHook}`,
  });
  return { externalId: message.sid, state: 'accepted' };
};
