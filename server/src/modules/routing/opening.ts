import { Inject, Injectable } from '@nestjs/common';
import { OPENING_HOURS } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Calendars, isOpen, nextOpening } from '../calendars/index.ts';
import { Organisations } from '../organisation/index.ts';
import { Queues, type Queue } from '../queues/index.ts';
import { reachOf, type Reach } from './reach.ts';
import type { Ticket } from '../tickets/index.ts';

export interface FoundReach extends Reach {
  readonly queue: Queue | null;
  /** The queue is closed until then; null: it never opens. Undefined: it is open. */
  readonly closedUntil: Date | null | undefined;
}

/** The hours of queues, and where their tickets may go by them. */
@Injectable()
export class Opening {
  constructor(
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Calendars) private readonly calendars: Calendars,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async reach(ticket: Pick<Ticket, 'queueId' | 'waitingSince' | 'createdAt' | 'overflowedFrom'>): Promise<FoundReach> {
    const { queueId, waitingSince, createdAt, overflowedFrom = [] } = ticket;
    const queue = await this.queues.byId(queueId);
    if (queue === null) return { queue, queueIds: [queueId], helped: [], moveTo: null, closedUntil: undefined };
    const now = this.clock.now();
    const waitedMs = now.getTime() - (waitingSince ?? createdAt).getTime();
    const closedUntil = await this.closedUntil(queue, now);
    const closed = await this.closedAmong(
      queue.routing.overflow.flatMap(({ queueIds }) => queueIds),
      now,
    );
    if (closedUntil !== undefined) closed.add(queueId);
    const reach = reachOf({ queueId, waitedMs, overflowedFrom }, queue.routing, (id) => closed.has(id));
    return { queue, ...reach, closedUntil };
  }

  /** Of which other queues waits what could go to agents of these. */
  async helpedBy(queueIds: readonly string[]): Promise<string[]> {
    const helps = (id: string) => queueIds.includes(id);
    return (await this.queues.all())
      .filter(({ routing }) => routing.overflow.some(({ does, queueIds: ids }) => does === 'offer' && ids.some(helps)))
      .map(({ id }) => id);
  }

  /** Those that are not there, or closed and not working in spite of it. */
  private async closedAmong(queueIds: readonly string[], now: Date): Promise<Set<string>> {
    const closed = new Set<string>();
    for (const id of new Set(queueIds)) {
      const queue = await this.queues.byId(id);
      const works = queue !== null && (queue.routing.hours.whenClosed === 'route' || (await this.isOpen(queue, now)));
      if (!works) closed.add(id);
    }
    return closed;
  }

  private async isOpen(queue: Queue, now: Date): Promise<boolean> {
    return (await this.closedUntil(queue, now)) === undefined;
  }

  /** null: it never opens; undefined: it is open, as one is whose calendar is gone. */
  private async closedUntil({ routing }: Queue, now: Date): Promise<Date | null | undefined> {
    const { calendarId } = routing.hours;
    if (calendarId === null) return undefined;
    const own = calendarId === OPENING_HOURS;
    const calendar = own ? await this.organisations.calendar() : await this.calendars.byId(calendarId);
    if (calendar === null) return own ? null : undefined;
    return isOpen(calendar, now) ? undefined : nextOpening(calendar, now);
  }
}
