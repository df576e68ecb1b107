import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { BusConsumer, PoisonError, type Bus, type Subscription } from '../../platform/bus/index.ts';
import { BUS, CONFIG } from '../../platform/tokens.ts';
import { Outbound } from '../tickets/index.ts';
import { RETRY_DELAYS_MS } from './ask-provider.ts';
import { DeliverAmendment } from './deliver-amendment.ts';
import { DeliverMessage } from './deliver-message.ts';

@Injectable()
export class DeliveryConsumer extends BusConsumer {
  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject(DeliverMessage) private readonly deliver: DeliverMessage,
    @Inject(DeliverAmendment) private readonly amend: DeliverAmendment,
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
          const work = parsed.data.amendmentId === undefined ? this.deliver : this.amend;
          await work.run({ payload: parsed.data, topic, key, id, attempt });
        },
      },
    ];
  }
}
