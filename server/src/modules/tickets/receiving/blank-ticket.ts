import type { ChannelKind, ContentPart } from '@switchboard/contract';
import type { Customer } from '../../customers/index.ts';
import { previewOf } from '../preview.ts';
import { ticketWords } from '../ticket-words.ts';
import type { Ticket } from '../ticket.schema.ts';

export interface Opening {
  /** Names the cause: the same cause twice is one ticket. */
  openedBy: string;
  customer: Pick<Customer, '_id' | 'name' | 'words' | 'picture'>;
  queueId: string;
  channel: ChannelKind;
  subject: string | undefined;
  parts: readonly ContentPart[];
  assigneeId?: string;
}

/** A ticket to which nothing has happened yet. */
export function blankTicket(
  opening: Opening,
  { _id, number, now }: { _id: string; number: number; now: Date },
): Ticket {
  const subject = opening.subject?.trim() || previewOf(opening.parts).slice(0, 80) || 'Conversation';
  return {
    _id,
    number,
    seq: 0,
    openedBy: opening.openedBy,
    subject,
    status: 'new',
    active: true,
    priority: 'normal',
    queueId: opening.queueId,
    assigneeId: opening.assigneeId ?? null,
    tags: [],
    customerId: opening.customer._id,
    customerName: opening.customer.name,
    customerPicture: opening.customer.picture?.mediaId ?? null,
    channel: opening.channel,
    channels: [opening.channel],
    preview: null,
    inboundCount: 0,
    replyCount: 0,
    waitingSince: null,
    firstResponse: null,
    nextResponse: null,
    resolution: null,
    escalateAt: null,
    snoozedUntil: null,
    pendingMs: 0,
    pendingSince: null,
    needsAttention: false,
    scheduled: 0,
    createdAt: now,
    updatedAt: now,
    firstResolvedAt: null,
    resolvedAt: null,
    words: ticketWords({ number, subject, tags: [] }, opening.customer),
  };
}
