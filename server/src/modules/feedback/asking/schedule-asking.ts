import { Inject, Injectable } from '@nestjs/common';
import type { Jobs } from '../../../platform/jobs/index.ts';
import { JOBS } from '../../../platform/tokens.ts';
import { Queues } from '../../queues/index.ts';
import { ReadTicket, type TicketEvent } from '../../tickets/index.ts';
import { askJob } from './ask-customer.ts';

/** A ticket came to rest: its customer is asked after the time that its queue leaves them, if it still rests then. */
@Injectable()
export class ScheduleAsking {
  constructor(
    @Inject(Queues) private readonly queues: Queues,
    @Inject(ReadTicket) private readonly read: ReadTicket,
    @Inject(JOBS) private readonly jobs: Jobs,
  ) {}

  async after({ ticketId, queueId, entryId, then }: TicketEvent): Promise<void> {
    const settings = (await this.queues.byId(queueId))?.feedback;
    if (settings?.on !== true) return;
    if (then !== undefined && then.ticket.status !== 'resolved') return;
    const entry = await this.read.stored(entryId);
    if (entry?.patch.resolvedAt == null) return;
    const dueAt = new Date(new Date(entry.patch.resolvedAt).getTime() + settings.delayMinutes * 60_000);
    await this.jobs.schedule(askJob(ticketId, entry._id, dueAt));
  }
}
