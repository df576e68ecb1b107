import { ConnectorError } from '@switchboard/contract';
import type { NormalisedEvent, VerifiedRequest, WebhookReply } from '@switchboard/contract';
import { deskEvents, deskPressed } from './desk/acts.ts';
import { eventsOf } from './events.ts';
import type { Reading } from './events.ts';
import { commandEvents, interactionEvents } from './interactions.ts';
import { EventCallback, readBody, understood } from './payload.ts';

const isAtDesk = (place: unknown, { desks }: Reading): boolean => typeof place === 'string' && desks.includes(place);

export const parseSlack = (
  request: VerifiedRequest,
  { channels, desks }: Pick<Reading, 'channels' | 'desks'>,
): NormalisedEvent[] => {
  const body = readBody(request);
  const reading = { receivedAt: request.receivedAt, channels, desks };
  if (body['command'] !== undefined) return commandEvents(body, reading);
  const { type } = body;
  if (type === 'event_callback') {
    const told = understood(EventCallback, body, 'The event');
    return isAtDesk(told.event['channel'] ?? (Object(told.event['item']) as { channel?: unknown }).channel, reading)
      ? deskEvents(told, reading)
      : eventsOf(told, reading);
  }
  if (type === 'url_verification' || body['ssl_check'] !== undefined) return [];
  if (typeof type !== 'string')
    throw new ConnectorError('rejected', 'The body names no type: this is no event of Slack’s');
  const place = (Object(body['channel']) as { id?: unknown }).id;
  if (type === 'block_actions' && isAtDesk(place, reading)) return deskPressed(body, reading);
  return interactionEvents(type, body, reading);
};

const json = (body: object): WebhookReply => ({
  status: 200,
  contentType: 'application/json',
  body: JSON.stringify(body),
});
const thanks = 'Thank you. Your message is with our team, and you will be answered in a direct message.';

export const replyToSlack = (request: VerifiedRequest): WebhookReply => {
  const body = readBody(request);
  if (body['type'] === 'url_verification') return json({ challenge: String(body['challenge'] ?? '') });
  if (body['command'] !== undefined) return json({ response_type: 'ephemeral', text: thanks });
  return { status: 200 };
};
