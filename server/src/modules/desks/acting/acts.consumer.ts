import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { InboundEvent } from '@switchboard/contract';
import { BusConsumer, PoisonError, type Bus, type Subscription } from '../../../platform/bus/index.ts';
import { BUS, CONFIG } from '../../../platform/tokens.ts';
import { NEW_POST_DELAYS_MS, TakeAct } from './take-act.ts';

/** What agents did at desks, thread by thread in its order. */
@Injectable()
export class ActsConsumer extends BusConsumer {
  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject(TakeAct) private readonly take: TakeAct,
  ) {
    super();
  }

  protected subscriptions(): Subscription[] {
    return [
      {
        name: 'desk-acts',
        topics: ['inbound.*.desk.acted'],
        shards: 2,
        retryDelaysMs: [...NEW_POST_DELAYS_MS, 60_000],
        handle: async ({ payload, attempt }) => {
          const { data } = InboundEvent.safeParse(payload);
          if (data?.kind !== 'desk.acted') throw new PoisonError('Not an act at a desk');
          await this.take.run(data, attempt);
        },
      },
    ];
  }
}
