import { Inject, Injectable } from '@nestjs/common';
import type { ChannelKind, ExpectedReply } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import type { Ticket } from '../ticket.schema.ts';

const WINDOW_MS = 7 * 24 * 3_600_000;
const MOST = 50;
/** Fewer say nothing. */
const LEAST = 5;

/** How long a first answer takes just now: from the middle one to the slow ones of the newest answers of a queue on a channel. */
@Injectable()
export class ExpectReply {
  constructor(
    @Inject('tickets') private readonly tickets: Model<Ticket>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of({ queueId, channel }: { queueId: string; channel: ChannelKind }): Promise<ExpectedReply | null> {
    const since = new Date(this.clock.now().getTime() - WINDOW_MS);
    const answered = await this.tickets
      .find({ queueId, 'firstResponse.doneAt': { $gte: since }, channel }, { firstResponse: 1 })
      .sort({ 'firstResponse.doneAt': -1 })
      .limit(MOST)
      .lean<Pick<Ticket, 'firstResponse'>[]>();
    return expectedFrom(
      answered.flatMap(({ firstResponse: clock }) =>
        clock?.doneAt ? [(clock.doneAt.getTime() - clock.startedAt.getTime()) / 1000] : [],
      ),
    );
  }
}

export function expectedFrom(seconds: readonly number[]): ExpectedReply | null {
  if (seconds.length < LEAST) return null;
  const sorted = seconds.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  return { fromSeconds: at(0.5), toSeconds: at(0.9) };
}
