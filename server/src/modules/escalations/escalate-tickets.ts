import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { eachInTurn, type Jobs } from '../../platform/jobs/index.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, JOBS, LOG, STAGES } from '../../platform/tokens.ts';
import type { FlowStages } from '../flow/index.ts';
import { Queues } from '../queues/index.ts';
import { ServiceLevels, type StoredPolicy } from '../sla/index.ts';
import { AppendEntry, type Ticket } from '../tickets/index.ts';
import { escalationOf, MOST_AT_ONCE } from './escalation-of.ts';

const EVERY_MS = 1_000;
const PAGE = 200;

/**
 * Looks every second what is due. When a ticket next escalates stands in the ticket itself and is stored with the change that
 * moves it: no job can be lost, or come for a promise that is another by now, and a message costs no job of its own.
 */
@Injectable()
export class EscalateTickets implements OnModuleInit {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(AppendEntry) private readonly append: AppendEntry,
    @Inject(ServiceLevels) private readonly levels: ServiceLevels,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STAGES) private readonly stages: FlowStages,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.every('escalate-tickets', EVERY_MS, () => this.run());
  }

  /** The longest overdue first. What can't be done now does not hold up the others, and is due again in a second. */
  async run(): Promise<void> {
    const due = await this.tickets
      .find({ escalateAt: { $lte: this.clock.now() } }, { _id: 1 })
      .sort({ escalateAt: 1 })
      .limit(PAGE)
      .lean<Pick<Ticket, '_id'>[]>();
    await eachInTurn(
      due,
      ({ _id }) => this.escalate(_id),
      (error, { _id }) => this.log.warn('A ticket could not be escalated and is tried again', { ticketId: _id, error }),
    );
  }

  private async escalate(ticketId: string): Promise<void> {
    for (let step = 0; step < MOST_AT_ONCE; step += 1) {
      const now = this.clock.now();
      let policy: StoredPolicy | null = null;
      const queueNames = await this.queues.names();
      const appended = await this.append.to(
        ticketId,
        (ticket) => escalationOf(ticket, { policy, queueNames }, now),
        async (ticket) => void (policy = await this.levels.policyOf(ticket)),
      );
      this.stages.passed('job.run', ticketId);
      if (!appended.ok) return this.settle(appended.ticket, now);
    }
  }

  /** Nothing is due, whatever the mark says: a mark that an older policy left would be looked at every second. */
  private async settle(ticket: Ticket, now: Date): Promise<void> {
    if (ticket.escalateAt === null || ticket.escalateAt > now) return;
    const { escalateAt } = await this.levels.marked(ticket);
    await this.tickets.updateOne({ _id: ticket._id, seq: ticket.seq }, { $set: { escalateAt } });
  }
}
