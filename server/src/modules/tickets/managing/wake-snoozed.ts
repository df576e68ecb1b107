import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Jobs } from '../../../platform/jobs/index.ts';
import { CLOCK, JOBS, STAGES } from '../../../platform/tokens.ts';
import type { FlowStages } from '../../flow/index.ts';
import { AppendEntry } from '../changing/append-entry.ts';
import { statusPatch } from '../answering/reply-patch.ts';

const WAKE_TICKET = 'wake-ticket';
const Data = z.object({ ticketId: z.string() });

@Injectable()
export class WakeSnoozed implements OnModuleInit {
  constructor(
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STAGES) private readonly stages: FlowStages,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(WAKE_TICKET, ({ data, dueAt }) => this.wake(Data.parse(data).ticketId, dueAt));
  }

  /** Moot when an agent or the customer was faster. The job's time decides, and not this process's clock, which may be behind. */
  private async wake(ticketId: string, dueAt: Date): Promise<void> {
    const { ticket } = await this.append.to(ticketId, (ticket) => {
      if (ticket.status !== 'snoozed' || ticket.snoozedUntil === null || ticket.snoozedUntil > dueAt) return null;
      return {
        topic: 'ticket.changed',
        entry: {
          type: 'event',
          author: { kind: 'system', id: null, name: 'Switchboard' },
          event: 'status.changed',
          from: 'snoozed',
          to: 'open',
        },
        patch: statusPatch(ticket, 'open', this.clock.now()),
      };
    });
    if (ticket.snoozedUntil !== null && ticket.snoozedUntil > dueAt) await this.schedule(ticketId, ticket.snoozedUntil);
    this.stages.passed('job.run', ticketId);
  }

  /** Before the ticket falls asleep: who is killed in between leaves a job without a cause, and not a ticket without its job. */
  schedule(ticketId: string, dueAt: Date): Promise<void> {
    return this.jobs.schedule({ name: WAKE_TICKET, key: ticketId, dueAt, data: { ticketId } });
  }
}
