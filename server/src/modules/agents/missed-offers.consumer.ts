import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { Model } from 'mongoose';
import { z } from 'zod';
import { BusConsumer, type Bus, type Subscription } from '../../platform/bus/index.ts';
import { BUS, CONFIG } from '../../platform/tokens.ts';
import type { Agent } from './agent.schema.ts';
import { Agents } from './agents.ts';

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
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(Agents) private readonly directory: Agents,
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
    const { matchedCount } = await this.agents.updateOne({ _id: agentId, state: 'ready' }, { $set: { state: 'away' } });
    if (matchedCount === 1) await this.directory.announceState(agentId);
  }
}
