import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Model } from 'mongoose';
import type { Bus } from '../../platform/bus/index.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import { BUS, CONFIG, JOBS } from '../../platform/tokens.ts';
import { TicketEvent, type Ticket } from '../tickets/index.ts';
import { AssignTicket } from './assign-ticket.ts';

const SWEEP_MS = 3000;

/** Assigns at once what opens; the sweep brings what waited to who has become ready since. */
@Injectable()
export class RoutingConsumer implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CONFIG) private readonly config: Config,
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(AssignTicket) private readonly assign: AssignTicket,
  ) {}

  onModuleInit(): void {
    this.jobs.every('assign-waiting', SWEEP_MS, () => this.sweep());
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.ROLE === 'api') return;
    await this.bus.subscribe({
      name: 'routing',
      topics: ['ticket.opened'],
      // One lane: two tickets at once would both go to who is least loaded now.
      shards: 1,
      retryDelaysMs: [1000, 5000],
      handle: async ({ payload }) => {
        await this.assign.run(TicketEvent.parse(payload).ticketId);
      },
    });
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
