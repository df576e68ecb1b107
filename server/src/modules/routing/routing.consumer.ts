import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { z } from 'zod';
import { BusConsumer, PoisonError, type Bus, type Subscription } from '../../platform/bus/index.ts';
import { Alarm } from '../../platform/clock/alarm.ts';
import type { NewId } from '../../platform/clock/clock.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { Log } from '../../platform/log/log.ts';
import { BUS, CONFIG, JOBS, LOG, NEW_ID } from '../../platform/tokens.ts';
import { AGENT_CHANGED } from '../agents/index.ts';
import { CAPACITY_CHANGED } from '../organisation/index.ts';
import { QUEUE_CHANGED } from '../queues/index.ts';
import { messageThatMoves, TicketEvent } from '../tickets/index.ts';
import { OFFER_ENDED } from './offers/end-offer.ts';
import { FollowWork } from './follow-work.ts';

const SWEEP_MS = 3000;
const SWEEP = 'routing.sweep';
/** All have been looked at: what was found is routed in the lane, which did not wait for the looking. */
const LOOKED = 'routing.looked';
const OfAgent = z.object({ agentId: z.string() });
const OfOffer = z.object({ agentId: z.string(), queueId: z.string() });
const OfQueue = z.object({ queueId: z.string() });

/**
 * All that routes goes through one lane, the sweep as well: two decisions at once would both choose who is least loaded now.
 * Each change of work, or of who may have it, routes what it concerns at once; the sweep finds what nothing tells of.
 */
@Injectable()
export class RoutingConsumer extends BusConsumer implements BeforeApplicationShutdown {
  private readonly handlers: Record<string, (payload: unknown) => Promise<void>> = {
    'ticket.opened': (payload) => this.follow.opened(TicketEvent.parse(payload)),
    [AGENT_CHANGED]: (payload) => this.follow.agent(OfAgent.parse(payload).agentId),
    [QUEUE_CHANGED]: (payload) => this.follow.queue(OfQueue.parse(payload).queueId),
    [OFFER_ENDED]: (payload) => this.follow.offerEnded(OfOffer.parse(payload)),
    [CAPACITY_CHANGED]: () => this.sweep(),
    [SWEEP]: () => {
      this.looking ??= this.lookAround();
      return Promise.resolve();
    },
    [LOOKED]: () => this.sweep(),
  };

  private looking: Promise<void> | null = null;

  /** Rings when a conversation stops counting. */
  private readonly alarm = new Alarm(() => {
    this.askToSweep().catch((error: unknown) => this.log.warn('The routing could not be woken', { error }));
  });

  constructor(
    @Inject(BUS) protected readonly bus: Bus,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CONFIG) protected readonly config: Config,
    @Inject(NEW_ID) private readonly newId: NewId,
    @Inject(LOG) private readonly log: Log,
    @Inject(FollowWork) private readonly follow: FollowWork,
  ) {
    super();
  }

  override async onModuleInit(): Promise<void> {
    await super.onModuleInit();
    this.jobs.every('assign-waiting', SWEEP_MS, () => this.askToSweep());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.alarm.close();
    await this.looking;
  }

  /** The next sweep looks again, whatever became of this one. */
  private async lookAround(): Promise<void> {
    try {
      await this.follow.lookAround();
      await this.ask(LOOKED);
    } catch (error) {
      this.log.warn('The routing could not look around', { error });
    } finally {
      this.looking = null;
    }
  }

  private async sweep(): Promise<void> {
    const next = await this.follow.sweep();
    if (next !== null) this.alarm.at(next);
  }

  private askToSweep(): Promise<void> {
    return this.ask(SWEEP);
  }

  private ask(topic: string): Promise<void> {
    return this.bus.publish({ topic, key: 'routing', id: this.newId(), payload: {} });
  }

  protected subscriptions(): Subscription[] {
    return [
      {
        name: 'routing',
        topics: [...Object.keys(this.handlers), 'ticket.changed', 'ticket.assigned', messageThatMoves],
        shards: 1,
        retryDelaysMs: [1000, 5000],
        handle: async ({ topic, payload }) => {
          const handler = this.handlers[topic];
          if (handler !== undefined) return handler(payload);
          const event = TicketEvent.safeParse(payload);
          if (!event.success) throw new PoisonError('Not a ticket event');
          return this.follow.moved(event.data, { isGiven: topic === 'ticket.assigned' });
        },
      },
    ];
  }
}
