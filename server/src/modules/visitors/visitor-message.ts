import type { ContentPart, MessageState, VisitorMessage } from '@switchboard/contract';
import type { MediaLinks } from '../media/index.ts';
import { isCopy, shownReactions, type StoredMessage, type Thread } from '../tickets/index.ts';

type Links = Pick<MediaLinks, 'sign' | 'face'>;
const LINK_MS = 24 * 3_600_000;
const theirs: Record<MessageState, VisitorMessage['state']> = {
  pending: 'sent',
  unknown: 'sent',
  accepted: 'sent',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
};

/** A stored message as the customer may see it; files become links that work on the customer's page. */
export function visitorMessage(message: StoredMessage, thread: Pick<Thread, 'seenAt'>, links: Links): VisitorMessage {
  const mine = message.direction === 'in';
  const seen = thread.seenAt !== null && thread.seenAt >= message.at;
  return {
    id: message._id,
    clientId: mine ? (message.dedupeKey ?? null) : null,
    from: mine ? 'visitor' : 'agent',
    agent: mine
      ? null
      : {
          name: message.author.name,
          ...links.face(message.author),
        },
    parts: message.deletedAt ? [] : partsFor(message, links),
    at: message.at.toISOString(),
    state: mine ? (seen ? 'read' : 'sent') : theirs[message.state],
    ...changedFor(message),
  };
}

/** A copy of what was moved, and what was taken back before it went out, was never said to them. */
export const isSaid = (message: StoredMessage): boolean =>
  !isCopy(message) && !(message.direction === 'out' && message.deletedAt && message.externalId === undefined);

const partsFor = ({ parts }: StoredMessage, links: Links): ContentPart[] =>
  parts.filter(({ type }) => type !== 'html').map((part) => linked(part, links));

function changedFor({ deletedAt, editedAt, reactions = [] }: StoredMessage) {
  const changed = deletedAt ? ('deleted' as const) : editedAt ? ('edited' as const) : undefined;
  const shown = deletedAt ? [] : shownReactions(reactions).map(({ emoji }) => emoji);
  return { ...(changed && { changed }), ...(shown.length > 0 && { reactions: shown }) };
}

function linked(part: ContentPart, links: Links): ContentPart {
  if (part.type !== 'media' || part.media.mediaId === undefined) return part;
  return { ...part, media: { ...part.media, source: links.sign(part.media.mediaId, LINK_MS) } };
}
