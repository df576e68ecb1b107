import { OutboundCommand } from '@switchboard/contract';
import type { Capabilities, ContentPart, OutboundKind } from '@switchboard/contract';

const id = (last: number): string => `018f0000-0000-7000-8000-00000000000${last}`;
const envelope = {
  specVersion: 1,
  commandId: id(1),
  channelAccountId: id(2),
  ticketId: id(3),
  requestedBy: { type: 'agent', id: id(4), displayName: 'Ada' },
};
const text: ContentPart = { type: 'text', text: 'Hello' };

const own: Record<OutboundKind, object> = {
  'message.send': { messageId: id(5), parts: [text] },
  'message.edit': { messageExternalId: 'message-1', parts: [text] },
  'message.delete': { messageExternalId: 'message-1' },
  'reaction.set': { messageExternalId: 'message-1', emoji: '👍', added: true },
  'typing.set': { typing: true },
  'read.set': { messageExternalId: 'message-1' },
  'call.control': { callExternalId: 'a-call', control: { action: 'steer', step: { does: 'hang-up', say: [] } } },
};
export const outboundKinds = Object.keys(own) as OutboundKind[];

const addresses = { phone: '+14155550100', email: 'customer@example.org', username: 'customer' } as const;

/** A command that is in order but for what `differences` say, to somebody whom the connector could write to. */
export const aCommand = (
  kind: OutboundKind,
  { conversation }: Capabilities,
  differences: object = {},
): OutboundCommand => {
  const externalId = addresses[conversation.start?.recipient ?? 'username'];
  const who = { recipient: { externalId }, thread: { externalId } };
  return OutboundCommand.parse({ ...envelope, ...who, kind, ...own[kind], ...differences });
};

/** A part for each kind of content that the capabilities deny. */
export const deniedParts = ({ content }: Capabilities): ContentPart[] => [
  ...(content.media ? [] : [{ type: 'media' as const, media: { source: 'hub', mediaId: id(6) } }]),
  ...(content.location ? [] : [{ type: 'location' as const, latitude: 52.5, longitude: 13.4 }]),
  ...(content.choices ? [] : [{ type: 'choices' as const, prompt: 'Which?', choices: [{ id: 'a', label: 'A' }] }]),
  ...(content.templates ? [] : [{ type: 'template' as const, name: 'hello', language: 'en', variables: {} }]),
];
