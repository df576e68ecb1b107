import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { eachInTurn, type Jobs } from '../../../platform/jobs/index.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, JOBS, LOG } from '../../../platform/tokens.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { QueueOutbound } from './queue-outbound.ts';
import { isStuck } from './stuck.ts';
import type { Thread } from '../thread.schema.ts';

const EVERY_MS = 30_000;
const AFTER_MS = 60_000;

/** A process killed between storing a reply and publishing its command would leave it pending for ever: the net below that. */
@Injectable()
export class RequeuePending implements OnModuleInit {
  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject('threads') private readonly threads: Model<Thread>,
    @Inject(QueueOutbound) private readonly outbound: QueueOutbound,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.every('requeue-pending', EVERY_MS, () => this.run());
  }

  /** What the bus itself brings again is left to it. Twice there does no harm: delivery claims the message. */
  async run(): Promise<void> {
    const now = this.clock.now();
    const old = new Date(now.getTime() - AFTER_MS);
    const stuck = await this.entries
      .find({ state: 'pending', at: { $lt: old } })
      .sort({ at: 1 })
      .limit(200)
      .lean<StoredMessage[]>();
    await eachInTurn(
      stuck.filter((message) => isStuck(message, now)),
      (message) => this.requeue(message),
      (error, { _id }) => this.log.warn('A reply could not be queued again', { messageId: _id, error }),
    );
  }

  private async requeue(message: StoredMessage): Promise<void> {
    const thread = await this.threads.findById(message.threadId).lean<Thread>();
    if (thread === null) return;
    this.log.warn('A reply waited for its command and is queued again', { messageId: message._id });
    await this.outbound.run(message, thread);
  }
}
