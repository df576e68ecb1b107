import { Inject, Injectable } from '@nestjs/common';
import { Queues } from '../queues/index.ts';
import { AppendEntry, type Ticket } from '../tickets/index.ts';
import type { Reach } from './reach.ts';

/** A ticket that has waited for too long, or at a closed door, waits in another queue, from its place by age. */
@Injectable()
export class OverflowTicket {
  constructor(
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(Queues) private readonly queues: Queues,
  ) {}

  /** False: somebody else changed it first. */
  async run(waiting: Ticket, { queueId, afterSeconds }: NonNullable<Reach['moveTo']>): Promise<boolean> {
    const names = await this.queues.names();
    const { ok } = await this.append.to(waiting._id, (ticket) => {
      if (ticket.assigneeId !== null || !ticket.active || ticket.queueId !== waiting.queueId) return null;
      return {
        topic: 'ticket.changed',
        entry: {
          type: 'event',
          author: { kind: 'system', id: null, name: 'Switchboard' },
          event: 'queue.overflowed',
          from: names.get(ticket.queueId) ?? null,
          to: names.get(queueId) ?? null,
          did: [afterSeconds === null ? 'closed' : String(afterSeconds)],
        },
        patch: { queueId, overflowedFrom: [...(ticket.overflowedFrom ?? []), ticket.queueId] },
      };
    });
    return ok;
  }
}
