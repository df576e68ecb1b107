import type { Actor, Party } from '@switchboard/contract';
import type { EntryDraft } from '../changing/append-entry.ts';
import type { StoredMessage } from '../entry.schema.ts';
import { previewOf } from '../preview.ts';
import { replyPatch } from './reply-patch.ts';
import type { Thread } from '../thread.schema.ts';
import type { Ticket } from '../ticket.schema.ts';

export interface Written {
  author: Actor;
  clientId: string;
  onceKey: string;
  parts: StoredMessage['parts'];
  subject?: string | undefined;
  cc?: Party[] | undefined;
  traceId?: string | undefined;
  releases?: string;
}

/** Our words to the customer as the message that is about to go out. */
export function replyEntry({ author, onceKey, clientId, parts, ...optional }: Written, thread: Thread, at: Date) {
  return {
    type: 'message',
    direction: 'out',
    at,
    onceKey,
    author,
    channel: thread.channel,
    channelAccountId: thread.channelAccountId,
    threadId: thread._id,
    parts,
    state: 'pending',
    clientId,
    milestones: { storedAt: at },
    duplicates: 0,
    changedSeq: 0,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  } satisfies EntryDraft;
}

/** What it does to its ticket, when it goes out. */
export function sentPatch(
  ticket: Ticket,
  { author, parts, channel }: Pick<Written, 'author' | 'parts'> & Pick<Thread, 'channel'>,
  at: Date,
  thenStatus: Ticket['status'] | undefined,
): Partial<Ticket> {
  return {
    ...replyPatch(ticket, at, thenStatus),
    preview: { text: previewOf(parts), from: 'agent', at },
    ...(!ticket.channels.includes(channel) && { channels: [...ticket.channels, channel] }),
    // Only where it gives the ticket away: from this the history tells who got it (find-assignment.ts).
    ...(ticket.assigneeId === null && { assigneeId: author.id }),
  };
}
