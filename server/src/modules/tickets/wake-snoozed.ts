import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { Stages } from '../../platform/stages/stages.ts';
import { CLOCK, JOBS, STAGES } from '../../platform/tokens.ts';
import { AppendEntry } from './append-entry.ts';
import { statusPatch } from './reply-patch.ts';
import { WAKE_TICKET } from './update-ticket.ts';

const Data = z.object({ ticketId: z.string() });

@Injectable()
export class WakeSnoozed implements OnModuleInit {
  constructor(
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STAGES) private readonly stages: Stages,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(WAKE_TICKET, (job) => this.wake(Data.parse(job.data).ticketId));
  }

  /** Moot when an agent or the customer was faster, or the snooze was prolonged. */
  private async wake(ticketId: string): Promise<void> {
    await this.append.to(ticketId, (ticket) => {
      const now = this.clock.now();
      if (ticket.status !== 'snoozed' || ticket.snoozedUntil === null || ticket.snoozedUntil > now) return null;
      return {
        topic: 'ticket.changed',
        entry: {
          type: 'event',
          author: { kind: 'system', id: null, name: 'Switchboard' },
          event: 'status.changed',
          from: 'snoozed',
          to: 'open',
        },
        patch: statusPatch(ticket, 'open', now),
      };
    });
    this.stages.passed('job.run', ticketId);
  }
}
