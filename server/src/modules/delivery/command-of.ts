import type { ContentPart, OutboundCommand, OutboundCommandOf } from '@switchboard/contract';
import { providerThread, type StoredAmendment, type StoredMessage, type Thread } from '../tickets/index.ts';

/** What every command about a message says. */
const envelopeOf = (message: StoredMessage, thread: Thread) => ({
  specVersion: 1 as const,
  channelAccountId: message.channelAccountId,
  ticketId: message.ticketId,
  recipient: {
    externalId: thread.recipient.externalId,
    ...(thread.recipient.displayName !== undefined && { displayName: thread.recipient.displayName }),
  },
});

/**
 * A stored message as its connector gets it. `earlier` are the thread's messages before it, newest
 * first; `face` is its author's picture, at an address that opens outside of the hub.
 */
export function commandOf(
  message: StoredMessage,
  thread: Thread,
  earlier: StoredMessage[],
  face: { avatarUrl?: string },
): OutboundCommandOf<'message.send'> {
  const said = earlier.flatMap(({ externalId }) => (externalId === undefined ? [] : [externalId])).toReversed();
  const inReplyTo = thread.lastInboundExternalId ?? said.at(-1);
  const subject = message.subject ?? thread.subject ?? undefined;
  return {
    ...envelopeOf(message, thread),
    kind: 'message.send',
    // The message itself: tried again after a sure refusal, it is still the same command to a provider that keeps keys.
    commandId: message._id,
    thread: {
      externalId: providerThread(thread).externalId,
      replyToken: thread.replyToken,
      ...(subject !== undefined && { subject }),
    },
    requestedBy: {
      type: 'agent',
      id: message.author.id ?? message._id,
      displayName: message.author.name,
      ...face,
    },
    messageId: message._id,
    parts: message.parts as ContentPart[],
    ...(inReplyTo !== undefined && { inReplyTo }),
    ...(said.length > 0 && { references: said }),
    ...(thread.lastInboundAt !== null && { lastInboundAt: thread.lastInboundAt.toISOString() }),
    ...(message.cc !== undefined && { cc: message.cc }),
    ...(message.traceId !== undefined && { traceparent: `00-${message.traceId}-${message.traceId.slice(0, 16)}-01` }),
  };
}

/** A change of a message that is out. */
export function amendmentCommandOf(
  message: StoredMessage & { externalId: string },
  thread: Thread,
  id: string,
  amendment: StoredAmendment,
): OutboundCommand {
  const common = {
    ...envelopeOf(message, thread),
    commandId: id,
    thread: { externalId: providerThread(thread).externalId },
    requestedBy: { type: 'agent' as const, id: amendment.by.id ?? '', displayName: amendment.by.name },
    messageExternalId: message.externalId,
  };
  const sent = message.furtherExternalIds ? { furtherExternalIds: message.furtherExternalIds } : {};
  switch (amendment.kind) {
    case 'edit':
      return { ...common, ...sent, kind: 'message.edit', parts: amendment.parts };
    case 'delete':
      return { ...common, ...sent, kind: 'message.delete' };
    case 'react':
      return { ...common, kind: 'reaction.set', emoji: amendment.emoji, added: amendment.added };
  }
}
