import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { PoisonError, type Bus } from '../../platform/bus/index.ts';
import { BUS, CONFIG } from '../../platform/tokens.ts';
import { Outbound } from '../tickets/index.ts';
import { DeliverMessage, RETRY_DELAYS_MS } from './deliver-message.ts';

@Injectable()
export class DeliveryConsumer implements OnApplicationBootstrap {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(DeliverMessage) private readonly deliver: DeliverMessage,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.ROLE === 'api') return;
    await this.bus.subscribe({
      name: 'delivery',
      topics: ['outbound.*'],
      shards: 8,
      retryDelaysMs: RETRY_DELAYS_MS,
      handle: async ({ payload, attempt }) => {
        const parsed = Outbound.safeParse(payload);
        if (!parsed.success) throw new PoisonError('Not an outbound command');
        await this.deliver.run(parsed.data.messageId, attempt);
      },
    });
  }
}
