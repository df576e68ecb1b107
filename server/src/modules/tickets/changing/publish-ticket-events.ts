import { Inject, Injectable } from '@nestjs/common';
import { EntryView, type ChannelKind } from '@switchboard/contract';
import { z } from 'zod';
import type { Bus } from '../../../platform/bus/index.ts';
import type { NewId } from '../../../platform/clock/clock.ts';
import { BUS, NEW_ID, STAGES } from '../../../platform/tokens.ts';
import type { FlowStages } from '../../flow/index.ts';
import type { StoredEntry, StoredEvent, StoredMessage } from '../entry.schema.ts';
import type { Ticket } from '../ticket.schema.ts';
import { entryView, namelessView, NamelessTicket } from '../ticket.view.ts';

/**
 * The domain events on the bus: that a ticket took its change `seq`. What it is now stands in the store, so an event that
 * comes twice or late tells nothing wrong; `then` spares the reading to who gets it in its turn.
 */
export const TicketEvent = z.object({
  ticketId: z.string(),
  seq: z.int(),
  queueId: z.string(),
  /** Where it was until this change. */
  leftQueueId: z.string().optional(),
  /** Whose it was until this change. */
  leftAssigneeId: z.string().optional(),
  /** The entry that is new or changed. */
  entryId: z.string(),
  /** What this change made of the ticket, and the new entry; missing where that is large, or an older entry changed. */
  then: z.object({ ticket: NamelessTicket, entry: EntryView }).optional(),
});
export type TicketEvent = z.infer<typeof TicketEvent>;
/** What a change says of itself; a new message's event names its channel besides, and whether it has files to fetch. */
export type TicketTopic =
  | 'ticket.changed'
  | 'ticket.assigned'
  | 'ticket.escalated'
  | 'message.added'
  | 'message.changed'
  | 'note.added'
  | 'held.changed';
/** Those that follow a stored change, one for each; `ticket.opened` comes besides. */
export const ticketTopics = [
  'ticket.changed',
  'ticket.assigned',
  'ticket.escalated',
  'message.added.#',
  'message.changed',
  'note.added',
  'held.changed',
] as const;
export const messageAdded = (channel: ChannelKind): string => `message.added.${channel}.#`;
export const messageWithFilesAdded = 'message.added.*.files';
/** One of ours that resolved, snoozed or took its ticket: it moves work, and says so, that others need not be looked at. */
export const messageThatMoves = 'message.added.*.moves';

/** A console that is told of more than this loads it. */
const MOST_CARRIED = 20_000;

const topics = {
  message: 'message.added',
  note: 'note.added',
  held: 'held.changed',
  change: 'message.changed',
  call: 'ticket.changed',
} as const satisfies Record<Exclude<StoredEntry['type'], 'event'>, TicketTopic>;

const eventTopics: Partial<Record<StoredEvent['event'], TicketTopic>> = {
  'assignee.changed': 'ticket.assigned',
  'assignee.gone': 'ticket.assigned',
  'service-level.warned': 'ticket.escalated',
  'service-level.breached': 'ticket.escalated',
};

/** Which of them follows an entry. */
export function topicOf(entry: StoredEntry): TicketTopic {
  if (entry.type === 'change' && entry.entryId === null) return 'ticket.changed';
  if (entry.type === 'event') return eventTopics[entry.event] ?? 'ticket.changed';
  return topics[entry.type];
}

@Injectable()
export class PublishTicketEvents {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(STAGES) private readonly stages: FlowStages,
  ) {}

  async publish(
    topic: TicketTopic | 'ticket.opened',
    ticket: Ticket,
    entry: StoredEntry,
    applied?: Promise<void>,
  ): Promise<void> {
    const then = carried(topic, ticket, entry);
    // Who is not told what became of it reads it.
    if (then === undefined) await applied;
    const payload: TicketEvent = {
      ticketId: ticket._id,
      seq: entry.seq,
      queueId: ticket.queueId,
      ...(entry.left?.queueId !== undefined && { leftQueueId: entry.left.queueId }),
      ...(entry.left?.assigneeId !== undefined && { leftAssigneeId: entry.left.assigneeId }),
      entryId: changedBy(entry) ?? entry._id,
      ...(then !== undefined && { then }),
    };
    await this.bus.publish({ topic: fullTopic(topic, entry), key: ticket._id, id: this.newId(), payload });
    this.stages.passed('event.published', entry._id);
  }
}

const changedBy = (entry: StoredEntry): string | null => (entry.type === 'change' ? entry.entryId : null);

function carried(topic: string, ticket: Ticket, entry: StoredEntry): TicketEvent['then'] {
  // A ticket that went on since is told by its later events.
  if (topic === 'ticket.opened' || ticket.seq !== entry.seq) return undefined;
  // It tells of the held reply that it was, too.
  if (entry.type === 'message' && entry.releases !== undefined) return undefined;
  const view = entryView(entry);
  if (view === null || JSON.stringify(view).length > MOST_CARRIED) return undefined;
  return { ticket: namelessView(ticket), entry: view };
}

/** Who has nothing to do with a message gets no copy of its event. */
function fullTopic(topic: string, entry: StoredEntry): string {
  if (topic !== 'message.added' || entry.type !== 'message') return topic;
  return `${topic}.${entry.channel}${hasFilesToFetch(entry) ? '.files' : movesWork(entry) ? '.moves' : ''}`;
}

export const hasFilesToFetch = ({ direction, parts }: StoredMessage): boolean =>
  direction === 'in' && parts.some((part) => part.type === 'media' && part.media.mediaId === undefined);

const movesWork = ({ direction, patch }: StoredMessage): boolean =>
  direction === 'out' && (patch.active === false || patch.assigneeId !== undefined);
