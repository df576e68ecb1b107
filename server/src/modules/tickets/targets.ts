import { Inject, Injectable } from '@nestjs/common';
import { Queues } from '../queues/index.ts';
import type { StoredClock } from './ticket.schema.ts';

/** The clocks that a queue's targets start. Calendar time; business calendars are the service-level module's. */
@Injectable()
export class Targets {
  constructor(@Inject(Queues) private readonly queues: Queues) {}

  async of(queueId: string): Promise<{ first(at: Date): StoredClock; next(at: Date): StoredClock }> {
    const queue = await this.queues.byId(queueId);
    return {
      first: (at) => startClock(at, queue?.firstResponseMinutes ?? null),
      next: (at) => startClock(at, queue?.nextResponseMinutes ?? null),
    };
  }
}

const startClock = (at: Date, minutes: number | null): StoredClock => ({
  startedAt: at,
  dueAt: minutes === null ? null : new Date(at.getTime() + minutes * 60_000),
  doneAt: null,
});
