import { Inject, Injectable } from '@nestjs/common';
import { Instant } from '@switchboard/contract';
import { z } from 'zod';
import type { Bus } from '../../../platform/bus/index.ts';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { BUS, CLOCK, NEW_ID, STAGES } from '../../../platform/tokens.ts';
import type { FlowStages } from '../../flow/index.ts';
import type { StoredEntry, StoredMessage } from '../entry.schema.ts';
import { providerThread, type Thread } from '../thread.schema.ts';

/** On the bus goes which message is to be sent; what it says is read where it is sent, as it is then. */
export const Outbound = z.object({
  messageId: z.string(),
  /** Not the message itself: something of it is to be changed. */
  amendmentId: z.string().optional(),
  /** Travels along, and is stored with the claim: no write of its own. Absent in commands of an older hub. */
  queuedAt: Instant.optional(),
  /** It stood in its account's line and has its turn; so often it had been tried before. */
  turnOf: z.int().nonnegative().optional(),
});
export type Outbound = z.infer<typeof Outbound>;

type Way = Pick<Thread, '_id' | 'channelAccountId' | 'externalId' | 'root' | 'channel'>;

@Injectable()
export class QueueOutbound {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(STAGES) private readonly stages: FlowStages,
  ) {}

  /** For the entry that becomes the message. */
  over(thread: Way): (entry: StoredEntry) => Promise<void> {
    return async (entry) => {
      if (entry.type === 'message') await this.run(entry, thread);
    };
  }

  async run(message: Pick<StoredMessage, '_id'>, thread: Way, amendmentId?: string): Promise<void> {
    await this.bus.publish({
      topic: `outbound.${thread.channel}`,
      key: `${thread.channelAccountId}:${providerThread(thread).externalId}`,
      id: this.newId(),
      payload: {
        messageId: message._id,
        ...(amendmentId !== undefined && { amendmentId }),
        queuedAt: this.clock.now().toISOString(),
      } satisfies Outbound,
    });
    if (amendmentId === undefined) this.stages.passed('outbound.queued', message._id);
  }
}
