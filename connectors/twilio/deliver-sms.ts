import { ConnectorError } from '@switchboard/contract';
import type { ConnectorContext, ContentPart, OutboundCommand, Receipt } from '@switchboard/contract';
import { regionOf, toE164 } from '../kit/phone.ts';
import type { TwilioClient } from './client.ts';
import { smsCapabilities } from './sms-capabilities.ts';
import type { SmsSettings } from './sms-settings.ts';
import { statusHook } from './sms.ts';

type Links = Pick<ConnectorContext, 'publicMediaUrl' | 'webhookUrl'>;

const unsupported = (what: string): ConnectorError => new ConnectorError('unsupported', `SMS cannot carry ${what}`);

const contentOf = (parts: readonly ContentPart[], links: Links): { body?: string; mediaUrl?: string[] } => {
  const texts: string[] = [];
  const mediaUrl: string[] = [];
  for (const part of parts) {
    if (part.type === 'text') texts.push(part.text);
    else if (part.type === 'media') {
      if (!part.media.mediaId) throw new ConnectorError('rejected', 'The hub does not hold this attachment');
      mediaUrl.push(links.publicMediaUrl(part.media.mediaId));
      if (part.caption) texts.push(part.caption);
    } else throw unsupported(part.type);
  }
  const body = texts.join('\n');
  const { maxLength } = smsCapabilities.content.text;
  if (body.length > maxLength) throw new ConnectorError('rejected', `An SMS may have at most ${maxLength} characters`);
  return { ...(body ? { body } : {}), ...(mediaUrl.length > 0 ? { mediaUrl } : {}) };
};

/** National spellings are those of the sending number's country. Short codes stay as they are. */
const addresseeOf = (recipient: string, from: string | undefined): string => {
  if (/^\d{3,6}$/.test(recipient)) return recipient;
  const phone = toE164(recipient, from === undefined ? undefined : regionOf(from));
  if (!phone) throw new ConnectorError('rejected', `${recipient} is not a phone number`);
  return phone;
};

/** Twilio takes no idempotency key: where the outcome is unknown, the ConnectorError says so and nobody repeats it. */
export const deliverSms = async (
  client: TwilioClient,
  { from, messagingServiceSid }: SmsSettings,
  links: Links,
  command: OutboundCommand,
): Promise<Receipt> => {
  if (command.kind !== 'message.send') throw unsupported(command.kind);
  const content = contentOf(command.parts, links);
  const to = addresseeOf(command.recipient.externalId, from);
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
