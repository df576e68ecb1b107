import { Inject, Injectable } from '@nestjs/common';
import { USUAL_ANSWER_MS, type TicketMetrics } from '@switchboard/contract';
import { DateTime } from 'luxon';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Agents } from '../../agents/index.ts';
import { Organisations } from '../../organisation/index.ts';
import { Queues } from '../../queues/index.ts';
import { ServiceLevels } from '../../sla/index.ts';
import { clockView, TicketAccess, viewOf, type Ticket } from '../../tickets/index.ts';
import { LiveFigures } from './live-figures.ts';

/** The service metrics beside a conversation: its own clocks, and how its queue does now. */
@Injectable()
export class MeasureTicket {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(TicketAccess) private readonly access: TicketAccess,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(ServiceLevels) private readonly levels: ServiceLevels,
    @Inject(LiveFigures) private readonly live: LiveFigures,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(caller: Caller, ticketId: string | undefined): Promise<TicketMetrics> {
    const ticket = await this.access.require(caller, ticketId);
    const now = this.clock.now();
    const policy = await this.levels.policyOf(ticket);
    const running = ticket.pendingSince === null ? 0 : now.getTime() - ticket.pendingSince.getTime();
    return {
      waitingSince: ticket.waitingSince?.toISOString() ?? null,
      firstResponse: clockView(ticket.firstResponse),
      nextResponse: clockView(ticket.nextResponse),
      resolution: { ...resolutionView(ticket), pendingMs: ticket.pendingMs + running },
      policy: policy && { id: policy._id, name: policy.name },
      replies: { agent: ticket.replyCount, customer: ticket.inboundCount },
      queue: await this.queueNow(ticket.queueId, now),
    };
  }

  private async queueNow(queueId: string, now: Date): Promise<TicketMetrics['queue']> {
    const [queue, { timeZone }, targetMs] = await Promise.all([
      this.queues.byId(queueId),
      this.organisations.read(),
      this.levels.firstResponseMs(queueId),
    ]);
    const since = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day').toJSDate();
    // A range rather than "not null": the index can walk it.
    const waiting = { queueId, waitingSince: { $gt: new Date(0) } };
    const [count, longest, figures, ready] = await Promise.all([
      this.tickets.countDocuments(waiting),
      this.tickets.findOne(waiting, { waitingSince: 1 }).sort({ waitingSince: 1 }).lean<Ticket>(),
      this.live.read().then(({ queues }) => queues),
      this.agents.readyFor(queueId),
    ]);
    const level = figures.get(queueId)?.today.serviceLevel;
    return {
      id: queueId,
      name: queue?.name ?? 'Removed queue',
      waiting: count,
      longestWaitSince: longest?.waitingSince?.toISOString() ?? null,
      serviceLevel: {
        targetMs: targetMs ?? USUAL_ANSWER_MS,
        answered: level?.n ?? 0,
        percent: level?.value ?? null,
        since: since.toISOString(),
      },
      agentsReady: ready.length,
    };
  }
}

/** A ticket from before there were policies has no clock for it. */
const resolutionView = ({ resolution, createdAt, resolvedAt }: Ticket): ReturnType<typeof viewOf> =>
  resolution
    ? viewOf(resolution)
    : {
        startedAt: createdAt.toISOString(),
        doneAt: resolvedAt?.toISOString() ?? null,
        ...{ warnAt: null, dueAt: null, pausedAt: null, leftMs: null },
      };
