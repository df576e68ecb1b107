import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { eachInTurn, type Jobs } from '../../../platform/jobs/index.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, JOBS, LOG } from '../../../platform/tokens.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { AmendMessage } from './amend-message.ts';
import { isStuck, StuckOnes } from '../answering/stuck.ts';
import { nextAmendment } from './amendments.ts';

const EVERY_MS = 30_000;
/** Longer than any provider is waited for. */
const AFTER_MS = 90_000;

type Waiting = Pick<StoredMessage, '_id' | 'threadId' | 'state' | 'amendments' | 'amendingSince'>;

/** A process killed between writing a change down and publishing its command would leave it waiting for ever. */
@Injectable()
export class RequeueAmendments implements OnModuleInit {
  private readonly stuck = new StuckOnes<Waiting>();

  constructor(
    @Inject('entries') private readonly entries: Model<StoredEntry>,
    @Inject(AmendMessage) private readonly amend: AmendMessage,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.every('requeue-amendments', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    const old = new Date(now.getTime() - AFTER_MS);
    const waiting = (from: Date) =>
      this.entries
        .find({ amendingSince: { $gte: from, $lt: old } }, { threadId: 1, state: 1, amendments: 1, amendingSince: 1 })
        .sort({ amendingSince: 1 })
        .lean<Waiting>()
        .cursor();
    await eachInTurn(
      this.stuck.next(waiting, {
        since: ({ amendingSince }) => amendingSince ?? now,
        isStuck: (one) => isLost(one, now),
      }),
      (one) => this.requeue(one),
      (error, { _id }) => this.log.warn('A change of a message could not be queued again', { messageId: _id, error }),
    );
  }

  private async requeue(message: Waiting): Promise<void> {
    const next = nextAmendment(message);
    if (next === null) return;
    this.log.warn('A change of a message waited for its command and is queued again', { messageId: message._id });
    await this.amend.callNext(message, next.id);
  }
}

/** What waits for its message to go out is called when that is. */
function isLost(message: Waiting, now: Date): boolean {
  const next = nextAmendment(message);
  return next !== null && message.state !== 'pending' && isStuck(next, now);
}
