import { ConnectorError, VisitorFrame } from '@switchboard/contract';
import type { ContentPart, NormalisedEvent, RawRequest, VerifiedRequest } from '@switchboard/contract';
import { vouch } from '../kit/vouch.ts';
import { maxTextLength } from './capabilities.ts';
import { readToken } from './identity.ts';

const day = 86_400_000;
type Contact = NonNullable<Extract<VisitorFrame, { type: 'message' }>['contact']>;

/**
 * An admitted visitor's frame as it is kept: the visitor in the URL, what his token proves in the headers. Whatever else
 * came in under `x-visitor-` is not ours and goes.
 */
export const vouchForFrame = (signingKey: Buffer, visitorId: string, request: RawRequest): VerifiedRequest => {
  const token = request.headers['x-visitor-token'];
  const proven = token === undefined ? null : readToken(signingKey, token);
  const known = proven?.id === visitorId ? proven : null;
  const others = Object.entries(request.headers).filter(([name]) => !name.startsWith('x-visitor-'));
  const headers = {
    ...Object.fromEntries(others),
    ...(known?.name ? { 'x-visitor-name': known.name } : {}),
    ...(known?.email ? { 'x-visitor-email': known.email } : {}),
  };
  return vouch({ ...request, url: `visitor:${visitorId}`, headers });
};

const readFrame = (request: VerifiedRequest): VisitorFrame => {
  let body: unknown;
  try {
    body = JSON.parse(request.rawBody.toString('utf8'));
  } catch (cause) {
    throw new ConnectorError('rejected', 'The frame is not JSON.', { cause });
  }
  const frame = VisitorFrame.safeParse(body);
  if (frame.success) return frame.data;
  const [issue] = frame.error.issues;
  throw new ConnectorError(
    'rejected',
    `The frame is wrong at ${issue?.path.join('.') || 'its root'}: ${issue?.message}`,
  );
};

const readVisitorId = ({ url }: VerifiedRequest): string => {
  const [, id] = /^visitor:(.+)$/.exec(url) ?? [];
  if (id) return id;
  throw new ConnectorError('rejected', `A visitor's frame has the URL visitor:<visitorId>, not ${url.slice(0, 100)}`);
};

/** What a visitor may write: nothing that the hub or a browser would take for our own (html, templates, choices). */
const readPart = (part: ContentPart): ContentPart => {
  switch (part.type) {
    case 'text':
      if (part.text.length <= maxTextLength) return part;
      throw new ConnectorError('rejected', `The text is longer than ${maxTextLength} characters.`);
    case 'media': {
      const { source, fileName, mimeType, bytes } = part.media;
      const [, mediaId] = /^media:([0-9a-f-]{36})$/.exec(source) ?? [];
      if (!mediaId) throw new ConnectorError('rejected', 'The file was not uploaded to the hub first.');
      return { ...part, media: { source, mediaId, fileName, mimeType, bytes } };
    }
    case 'location':
    case 'choice':
      return part;
    default:
      throw new ConnectorError('rejected', `A visitor cannot send ${part.type}.`);
  }
};

/** The browser's time where it can be true (kept while offline, sent later), else ours. */
const occurredAt = (at: string, receivedAt: Date): string => {
  const age = receivedAt.getTime() - Date.parse(at);
  return age >= 0 && age <= day ? new Date(at).toISOString() : receivedAt.toISOString();
};

const contactOf = ({ name, email }: Contact): Contact => ({
  ...(name ? { name } : {}),
  ...(email ? { email: email.toLowerCase() } : {}),
});

const senderOf = (visitorId: string, { headers }: VerifiedRequest, claimedName?: string) => {
  const displayName = headers['x-visitor-name'] ?? claimedName;
  const email = headers['x-visitor-email'];
  return {
    externalId: visitorId,
    ...(displayName ? { displayName } : {}),
    handles: [
      { type: 'visitor' as const, value: visitorId },
      ...(email ? [{ type: 'email' as const, value: email }] : []),
    ],
  };
};

export const normalise = (request: VerifiedRequest): NormalisedEvent[] => {
  const visitorId = readVisitorId(request);
  const frame = readFrame(request);
  const received = request.receivedAt.toISOString();
  const thread = { externalId: visitorId, shape: 'direct' as const };
  switch (frame.type) {
    case 'message':
      return [
        {
          kind: 'message.received',
          dedupeKey: frame.id,
          thread,
          sender: senderOf(visitorId, request, frame.contact?.name),
          occurredAt: occurredAt(frame.at, request.receivedAt),
          message: {
            externalId: frame.id,
            parts: frame.parts.map(readPart),
            ...(frame.contact ? { contact: contactOf(frame.contact) } : {}),
          },
        },
      ];
    case 'typing':
      return [
        {
          kind: 'typing.changed',
          dedupeKey: `typing:${visitorId}:${request.receivedAt.getTime()}:${frame.typing}`,
          thread,
          sender: senderOf(visitorId, request),
          occurredAt: received,
          typing: frame.typing,
        },
      ];
    case 'receipt':
      return [
        {
          kind: 'delivery.changed',
          dedupeKey: `receipt:${visitorId}:${frame.messageId}:${frame.state}`,
          thread,
          occurredAt: received,
          messageExternalId: frame.messageId,
          state: frame.state,
        },
      ];
  }
};
