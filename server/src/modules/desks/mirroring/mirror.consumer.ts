import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import { ConnectorError, failurePolicy, type FailurePolicy } from '@switchboard/contract';
import type { Bus, Subscription } from '../../../platform/bus/index.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Jobs } from '../../../platform/jobs/index.ts';
import type { Log } from '../../../platform/log/log.ts';
import { BUS, CLOCK, CONFIG, JOBS, LOG } from '../../../platform/tokens.ts';
import { AccountHealth, Channels } from '../../channels/index.ts';
import { TicketEvent, ticketTopics } from '../../tickets/index.ts';
import { postId } from '../desk-post.schema.ts';
import { MirrorTicket } from './mirror-ticket.ts';
import { Mirrors, type Place } from './mirrors.ts';

const JOB = 'desk-mirror';
type Again = Place & { ticketId: string };

/**
 * Follows tickets for those who watch them at a desk. A copy of each ticket's event costs something, so there is none until the
 * first queue is mirrored. What can't be told now waits as a job, one for each ticket and place, and holds up no other.
 */
@Injectable()
export class MirrorConsumer implements OnModuleInit, OnApplicationBootstrap {
  private following: Promise<void> | null = null;
  private readonly subscription: Subscription = {
    name: 'desk-mirrors',
    topics: ticketTopics,
    shards: 4,
    retryDelaysMs: [500, 2000, 10_000, 60_000],
    handle: ({ payload }) => this.follow(TicketEvent.parse(payload)),
  };

  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(Mirrors) private readonly mirrors: Mirrors,
    @Inject(MirrorTicket) private readonly mirror: MirrorTicket,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AccountHealth) private readonly health: AccountHealth,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    this.jobs.handle(JOB, ({ data }) => this.bringUp(data as Again));
    if (await this.mirrors.wereEver()) await this.bus.declare(this.subscription);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (await this.mirrors.wereEver()) await this.begin();
    this.channels.onChange(() => {
      void this.beginWhereWanted();
    });
  }

  /** An administrator has just saved the first mirror; resolves once nothing that changes can be missed. */
  begin(): Promise<void> {
    this.following ??= (
      this.config.ROLE === 'api' ? this.bus.declare(this.subscription) : this.bus.subscribe(this.subscription)
    ).catch((error: unknown) => {
      this.following = null;
      throw error;
    });
    return this.following;
  }

  private async beginWhereWanted(): Promise<void> {
    try {
      if (this.following === null && (await this.mirrors.wereEver())) await this.begin();
    } catch (error) {
      this.log.error('Desks could not be followed', { error });
    }
  }

  private async follow({ ticketId, queueId }: TicketEvent): Promise<void> {
    for (const place of await this.mirror.placesOf(ticketId, queueId)) await this.bringUp({ ...place, ticketId });
  }

  private async bringUp({ accountId, place, ticketId }: Again): Promise<void> {
    try {
      await this.mirror.run({ accountId, place }, ticketId);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      const policy = failurePolicy[error.code];
      const detail = { channelAccountId: accountId, place, ticketId, code: error.code, error };
      // That something has to wait for so long is no trouble.
      if (error.retryAfterMs === undefined) this.log.warn('A desk could not be told of a ticket', detail);
      if (policy === 'pause-account') await this.health.pause(accountId, error.message);
      if (!LATER.has(policy)) return;
      const dueAt = new Date(this.clock.now().getTime() + (error.retryAfterMs ?? AGAIN_MS));
      await this.jobs.schedule({
        name: JOB,
        key: postId(accountId, place, ticketId),
        dueAt,
        data: { accountId, place, ticketId },
      });
    }
  }
}

const AGAIN_MS = 15_000;
const LATER: ReadonlySet<FailurePolicy> = new Set(['retry', 'ask-agent', 'pause-account']);
