import { ConnectorError } from '@switchboard/contract';
import type { NormalisedEvent, VerifiedRequest, WebhookReply } from '@switchboard/contract';
import { eventsOf } from './events.ts';
import { commandEvents, interactionEvents } from './interactions.ts';
import { EventCallback, readBody, understood } from './payload.ts';

export const parseSlack = (request: VerifiedRequest, channels: readonly string[]): NormalisedEvent[] => {
  const body = readBody(request);
  const reading = { receivedAt: request.receivedAt, channels };
  if (body['command'] !== undefined) return commandEvents(body, reading);
  const { type } = body;
  if (type === 'event_callback') return eventsOf(understood(EventCallback, body, 'The event'), reading);
  if (type === 'url_verification' || body['ssl_check'] !== undefined) return [];
  if (typeof type !== 'string')
    throw new ConnectorError('rejected', 'The body names no type: this is no event of Slack’s');
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
