import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Bus } from '../../platform/bus/index.ts';
import type { NewId } from '../../platform/clock/clock.ts';
import type { Stages } from '../../platform/stages/stages.ts';
import { BUS, NEW_ID, STAGES } from '../../platform/tokens.ts';
import type { StoredEntry } from './entry.schema.ts';
import type { Ticket } from './ticket.schema.ts';

/**
 * The domain events on the bus: that a ticket took its change `seq`. What it is now is read from the store, so an event
 * that comes twice or late tells nothing wrong.
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
});
export type TicketEvent = z.infer<typeof TicketEvent>;
/** Those that follow a stored change, one for each; `ticket.opened` comes besides. */
export const ticketTopics = [
  'ticket.changed',
  'ticket.assigned',
  'message.added',
  'message.changed',
  'note.added',
] as const;

@Injectable()
export class PublishTicketEvents {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(STAGES) private readonly stages: Stages,
  ) {}

  async publish(topic: string, ticket: Ticket, entry: StoredEntry, before?: Ticket): Promise<void> {
    const payload: TicketEvent = {
      ticketId: ticket._id,
      seq: entry.seq,
      queueId: ticket.queueId,
      ...(before !== undefined && before.queueId !== ticket.queueId && { leftQueueId: before.queueId }),
      ...(before?.assigneeId != null &&
        before.assigneeId !== ticket.assigneeId && { leftAssigneeId: before.assigneeId }),
      entryId: entry.type === 'change' ? entry.entryId : entry._id,
    };
    await this.bus.publish({ topic, key: ticket._id, id: this.newId(), payload });
    this.stages.passed('event.published', entry._id);
  }
}
