import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Model } from 'mongoose';
import { BusConsumer, type Bus, type Subscription } from '../../platform/bus/index.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import { BUS, CONFIG, JOBS } from '../../platform/tokens.ts';
import { TicketEvent, type Ticket } from '../tickets/index.ts';
import { AssignTicket } from './assign-ticket.ts';

const SWEEP_MS = 3000;

/** Assigns at once what opens; the sweep brings what waited to who has become ready since. */
@Injectable()
export class RoutingConsumer extends BusConsumer {
  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(AssignTicket) private readonly assign: AssignTicket,
  ) {
    super();
  }

  override async onModuleInit(): Promise<void> {
    await super.onModuleInit();
    this.jobs.every('assign-waiting', SWEEP_MS, () => this.sweep());
  }

  protected subscriptions(): Subscription[] {
    return [
      {
        name: 'routing',
        topics: ['ticket.opened'],
        // One lane: two tickets at once would both go to who is least loaded now.
        shards: 1,
        retryDelaysMs: [1000, 5000],
        handle: async ({ payload }) => {
          await this.assign.run(TicketEvent.parse(payload).ticketId);
        },
      },
    ];
  }

  /** Oldest first; a queue without a free agent is left for the next time. */
  private async sweep(): Promise<void> {
    const full = new Set<string>();
    const waiting = await this.tickets
      .find({ assigneeId: null, active: true }, { queueId: 1 })
      .sort({ updatedAt: -1 })
      .limit(200)
      .lean<Ticket[]>();
    for (const { _id, queueId } of waiting.toReversed()) {
      if (full.has(queueId)) continue;
      if (!(await this.assign.run(_id))) full.add(queueId);
    }
  }
}
