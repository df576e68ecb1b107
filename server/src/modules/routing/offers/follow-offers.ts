import { Inject, Injectable } from '@nestjs/common';
import { isAlwaysOffered, type AgentState } from '@switchboard/contract';
import { Queues } from '../../queues/index.ts';
import type { Ticket } from '../../tickets/index.ts';
import { EndOffer, isOpen } from './end-offer.ts';
import { Offers } from './offers.ts';

/** What changes of work mean for offers. Where no queue offers anything nothing is read. */
@Injectable()
export class FollowOffers {
  constructor(
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Offers) private readonly offers: Offers,
    @Inject(EndOffer) private readonly ending: EndOffer,
  ) {}

  async moved({ _id, queueId, assigneeId, active, channel }: Ticket): Promise<void> {
    if (!isAlwaysOffered(channel) && !(await this.someOffer())) return;
    const offers = await this.offers.of(_id);
    if (offers === null) return;
    if (isOpen(offers) && (assigneeId !== null || !active || offers.open.queueId !== queueId))
      await this.ending.withdraw(offers);
    if (assigneeId !== null) await this.offers.newWait(_id);
  }

  /** Who chose another state gets no more time; who is only disconnected may be back at once. */
  async agent(agentId: string, state: AgentState | undefined): Promise<void> {
    if (state === 'ready' || state === 'offline') return;
    for (const offers of await this.offers.ofAgent(agentId)) await this.ending.withdraw(offers);
  }

  async overdue(): Promise<void> {
    await this.ending.overdue();
  }

  private async someOffer(): Promise<boolean> {
    return (await this.queues.all()).some(({ routing }) => Object.keys(routing.offers).length > 0);
  }
}
