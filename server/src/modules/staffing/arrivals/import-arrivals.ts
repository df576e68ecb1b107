import { Inject, Injectable } from '@nestjs/common';
import type { ChannelKind } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { Audit } from '../../audit/index.ts';
import { Queues } from '../../queues/index.ts';
import { arrivalDayId, type ArrivalDay } from './arrivals.schema.ts';
import { keepDays } from './roll-up-arrivals.ts';

const QUARTERS = 96;
const QUARTER_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

export interface ImportedArrivals {
  readonly channel: ChannelKind;
  readonly arrivals: readonly { readonly at: string; readonly count: number }[];
}

/** What came before this hub was there, so that it need not wait for weeks to forecast. A day of UTC that is sent again replaces it. */
@Injectable()
export class ImportArrivals {
  constructor(
    @Inject('arrivals') private readonly days: Model<ArrivalDay>,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Audit) private readonly audit: Audit,
  ) {}

  async run(caller: Caller, queueId: string, { channel, arrivals }: ImportedArrivals): Promise<{ days: number }> {
    if ((await this.queues.byId(queueId)) === null) throw new HubError('not-found', 'There is no such queue');
    const counts = new Map<string, number[]>();
    for (const { at, count } of arrivals) {
      const time = Date.parse(at);
      if (time % QUARTER_MS !== 0)
        throw new HubError('invalid', `${at} is not the start of a quarter of an hour, such as 09:15`);
      const day = new Date(time).toISOString().slice(0, 10);
      if (!counts.has(day)) counts.set(day, Array<number>(QUARTERS).fill(0));
      counts.get(day)![(time % DAY_MS) / QUARTER_MS]! += count;
    }
    const days = [...counts].map(([day, quarters]): ArrivalDay => {
      const one = { queueId, channel, day, source: 'imported' as const, counts: quarters };
      return { _id: arrivalDayId(one), ...one };
    });
    await keepDays(this.days, days);
    const detail = { channel, days: days.length };
    await this.audit.record({ caller, action: 'arrivals.imported', subject: queueId, detail });
    return { days: days.length };
  }
}
