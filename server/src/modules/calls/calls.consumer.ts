import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { InboundEvent } from '@switchboard/contract';
import { z } from 'zod';
import { BusConsumer, PoisonError, type Bus, type Subscription } from '../../platform/bus/index.ts';
import { BUS, CONFIG } from '../../platform/tokens.ts';
import { TicketEvent } from '../tickets/index.ts';
import { FetchRecording } from './fetch-recording.ts';
import { FollowCall } from './following/follow-call.ts';
import { CALL_RECORDED } from './settle-call.ts';
import { TakeAssigned } from './take-assigned.ts';

const OfCall = z.object({ callId: z.string() });

@Injectable()
export class CallsConsumer extends BusConsumer {
  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject(FollowCall) private readonly follow: FollowCall,
    @Inject(TakeAssigned) private readonly take: TakeAssigned,
    @Inject(FetchRecording) private readonly fetch: FetchRecording,
  ) {
    super();
  }

  protected subscriptions(): Subscription[] {
    return [
      {
        name: 'calls',
        topics: ['inbound.*.call.changed'],
        shards: 8,
        retryDelaysMs: [300, 1000, 5000, 30_000],
        handle: async ({ payload, attempt }) => {
          const event = InboundEvent.safeParse(payload);
          if (!event.success || event.data.kind !== 'call.changed') throw new PoisonError('Not a report of a call');
          await this.follow.run(event.data, attempt);
        },
      },
      {
        name: 'calls-assigned',
        topics: ['ticket.assigned'],
        shards: 4,
        retryDelaysMs: [300, 1000, 5000],
        handle: ({ payload }) => this.take.run(TicketEvent.parse(payload)),
      },
      {
        name: 'calls-recorded',
        topics: [CALL_RECORDED],
        shards: 2,
        retryDelaysMs: [2000, 10_000, 60_000, 300_000],
        handle: ({ payload, attempt }) => this.fetch.run(OfCall.parse(payload).callId, attempt),
      },
    ];
  }
}
