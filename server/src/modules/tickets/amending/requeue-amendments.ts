import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { eachInTurn, type Jobs } from '../../../platform/jobs/index.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, JOBS, LOG } from '../../../platform/tokens.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { AmendMessage } from './amend-message.ts';
import { isStuck } from '../answering/stuck.ts';
import { nextAmendment } from './amendments.ts';

const EVERY_MS = 30_000;
/** Longer than any provider is waited for. */
const AFTER_MS = 90_000;

/** A process killed between writing a change down and publishing its command would leave it waiting for ever. */
@Injectable()
export class RequeueAmendments implements OnModuleInit {
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
    const old = new Date(this.clock.now().getTime() - AFTER_MS);
    const stuck = await this.entries
      .find({ amendingSince: { $lt: old } })
      .sort({ amendingSince: 1 })
      .limit(200)
      .lean<StoredMessage[]>();
    await eachInTurn(
      stuck,
      (message) => this.requeue(message),
      (error, { _id }) => this.log.warn('A change of a message could not be queued again', { messageId: _id, error }),
    );
  }

  private async requeue(message: StoredMessage): Promise<void> {
    const next = nextAmendment(message);
    // What waits for its message to go out is called when that is.
    if (next === null || message.state === 'pending' || !isStuck(next, this.clock.now())) return;
    this.log.warn('A change of a message waited for its command and is queued again', { messageId: message._id });
    await this.amend.callNext(message, next.id);
  }
}
