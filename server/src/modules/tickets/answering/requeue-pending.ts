import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { eachInTurn, type Jobs } from '../../../platform/jobs/index.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, JOBS, LOG } from '../../../platform/tokens.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { QueueOutbound } from './queue-outbound.ts';
import { isStuck, StuckOnes } from './stuck.ts';
import type { Thread } from '../thread.schema.ts';

const EVERY_MS = 30_000;
const AFTER_MS = 60_000;

type Waiting = Pick<StoredMessage, '_id' | 'threadId' | 'at' | 'attempt' | 'awaits'>;

/** A process killed between storing a reply and publishing its command would leave it pending for ever: the net below that. */
@Injectable()
export class RequeuePending implements OnModuleInit {
  private readonly stuck = new StuckOnes<Waiting>();

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
    const waiting = (from: Date) =>
      this.entries
        .find({ state: 'pending', at: { $gte: from, $lt: old } }, { threadId: 1, at: 1, attempt: 1, awaits: 1 })
        .sort({ at: 1 })
        .lean<Waiting>()
        .cursor();
    await eachInTurn(
      this.stuck.next(waiting, { since: ({ at }) => at, isStuck: (one) => isStuck(one, now) }),
      (one) => this.requeue(one),
      (error, { _id }) => this.log.warn('A reply could not be queued again', { messageId: _id, error }),
    );
  }

  private async requeue(message: Waiting): Promise<void> {
    const thread = await this.threads.findById(message.threadId).lean<Thread>();
    if (thread === null) return;
    this.log.warn('A reply waited for its command and is queued again', { messageId: message._id });
    await this.outbound.run(message, thread);
  }
}
