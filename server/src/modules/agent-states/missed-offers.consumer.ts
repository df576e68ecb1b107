import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { z } from 'zod';
import { BusConsumer, type Bus, type Subscription } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { BUS, CLOCK, CONFIG } from '../../platform/tokens.ts';
import { ChangeState } from './change-state.ts';

/** On the bus: an agent let an offer of work pass; `then`: what its queue wants of their state. */
export const OFFER_MISSED = 'offer.missed';
export const MissedOffer = z.object({ agentId: z.string(), ticketId: z.string(), then: z.enum(['stay', 'away']) });
export type MissedOffer = z.infer<typeof MissedOffer>;

/** Whoever does not answer is not there, whatever their state says. */
@Injectable()
export class MissedOffersConsumer extends BusConsumer {
  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject(ChangeState) private readonly change: ChangeState,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  protected subscriptions(): Subscription[] {
    return [
      {
        name: 'missed-offers',
        topics: [OFFER_MISSED],
        shards: 1,
        retryDelaysMs: [1000, 5000],
        handle: ({ payload }) => this.missed(MissedOffer.parse(payload)),
      },
    ];
  }

  private async missed({ agentId, then }: MissedOffer): Promise<void> {
    if (then === 'stay') return;
    await this.change.run({ agentId, event: { kind: 'offer-missed', at: this.clock.now() }, cause: 'inactivity' });
  }
}
