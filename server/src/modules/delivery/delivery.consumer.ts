import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { BusConsumer, PoisonError, type Bus, type Subscription } from '../../platform/bus/index.ts';
import { BUS, CONFIG } from '../../platform/tokens.ts';
import { Outbound } from '../tickets/index.ts';
import { DeliverMessage, RETRY_DELAYS_MS } from './deliver-message.ts';

@Injectable()
export class DeliveryConsumer extends BusConsumer {
  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject(DeliverMessage) private readonly deliver: DeliverMessage,
  ) {
    super();
  }

  protected subscriptions(): Subscription[] {
    return [
      {
        name: 'delivery',
        topics: ['outbound.*'],
        shards: 8,
        retryDelaysMs: RETRY_DELAYS_MS,
        handle: async ({ payload, topic, key, id, attempt }) => {
          const parsed = Outbound.safeParse(payload);
          if (!parsed.success) throw new PoisonError('Not an outbound command');
          await this.deliver.run({ payload: parsed.data, topic, key, id, attempt });
        },
      },
    ];
  }
}
