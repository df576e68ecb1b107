import { ConnectorError } from '@switchboard/contract';
import type { OutboundCommand, Receipt } from '@switchboard/contract';
import { smsAddressee } from '../kit/sms-addressee.ts';
import type { TwilioClient } from './client.ts';
import { contentOf } from './content.ts';
import type { Links } from './content.ts';
import { smsCapabilities } from './sms-capabilities.ts';
import type { SmsSettings } from './sms-settings.ts';
import { statusHook } from './sms.ts';

/** Twilio takes no idempotency key: where the outcome is unknown, the ConnectorError says so and nobody repeats it. */
export const deliverSms = async (
  client: TwilioClient,
  { from, messagingServiceSid }: SmsSettings,
  links: Links,
  command: OutboundCommand,
): Promise<Receipt> => {
  if (command.kind !== 'message.send') throw new ConnectorError('unsupported', `SMS has no ${command.kind}`);
  const content = contentOf(command.parts, links, smsCapabilities, 'SMS');
  const to = smsAddressee(command.recipient.externalId, from);
  const { messages } = await client();
  const message = await messages.create({
    to,
    ...content,
    ...(from ? { from } : {}),
    ...(messagingServiceSid ? { messagingServiceSid } : {}),
    statusCallback: `${links.webhookUrl}/${statusHook}`,
  });
  return { externalId: message.sid, state: 'accepted' };
};
