import { Inject, Injectable } from '@nestjs/common';
import { flowStages, type FlowPeriod, type FlowReport, type PassportDirection } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { bucketEnds, quantile, sumOf } from './buckets.ts';
import { QUARTER_MS, type FlowTime } from './flow-time.schema.ts';

const periodMs: Record<FlowPeriod, number> = { hour: 3_600_000, day: 86_400_000 };
const directions = ['in', 'out'] as const satisfies readonly PassportDirection[];

/** Median and 95th percentile of each stage: the buckets of the period's quarters added up, one document per quarter and channel. */
@Injectable()
export class ReadFlow {
  constructor(
    @Inject('flowtimes') private readonly times: Model<FlowTime>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(period: FlowPeriod): Promise<FlowReport> {
    // The quarter that runs counts as one, so a period is never longer than its name says.
    const now = this.clock.now().getTime();
    const since = new Date(now - (now % QUARTER_MS) + QUARTER_MS - periodMs[period]);
    const found = await this.times.find({ from: { $gte: since } }).lean<FlowTime[]>();
    const channels = [...new Set(found.map(({ channel }) => channel))].toSorted();
    const stages = channels.flatMap((channel) =>
      stagesOf(found.filter((times) => times.channel === channel)).map((stage) => ({ channel, ...stage })),
    );
    return { since: since.toISOString(), stages };
  }
}

function stagesOf(times: readonly FlowTime[]): Omit<FlowReport['stages'][number], 'channel'>[] {
  return directions.flatMap((direction) =>
    flowStages[direction].flatMap((stage) => {
      const counts = Array.from({ length: bucketEnds.length + 1 }, (_, bucket) =>
        sumOf(times.map(({ stages }) => stages[direction]?.[stage]?.[`b${bucket}`] ?? 0)),
      );
      const n = sumOf(counts);
      if (n === 0) return [];
      return [{ direction, stage, n, p50Ms: quantile(counts, 0.5), p95Ms: quantile(counts, 0.95) }];
    }),
  );
}
