import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { ChannelKind, FlowStage, PassportDirection } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { Histogram } from 'prom-client';
import { Soon } from '../../platform/clock/soon.ts';
import { Metrics } from '../../platform/http/metrics.ts';
import type { Log } from '../../platform/log/log.ts';
import { LOG } from '../../platform/tokens.ts';
import { bucketEnds, bucketOf } from './buckets.ts';
import { QUARTER_MS, type FlowTime } from './flow-time.schema.ts';

const WRITE_MS = 2000;

/**
 * Counts how long messages take from step to step, for Prometheus and for the health page. Counted in memory and added to the
 * store every other second, one write per channel: a process that is killed takes at most that much with it, and no count is
 * ever too high.
 */
@Injectable()
export class FlowTimes implements BeforeApplicationShutdown {
  private counts = new Map<string, { from: number; channel: ChannelKind; inc: Record<string, number> }>();
  private readonly soon: Soon;
  private readonly seconds: Histogram<'channel' | 'direction' | 'stage'>;

  constructor(
    @Inject('flowtimes') private readonly times: Model<FlowTime>,
    @Inject(Metrics) metrics: Metrics,
    @Inject(LOG) log: Log,
  ) {
    this.soon = new Soon(
      WRITE_MS,
      () => this.write(),
      (error) => log.warn('Times of stages were not stored and are not counted', { error }),
    );
    this.seconds = new Histogram({
      name: 'switchboard_message_stage_seconds',
      help: 'Time that messages take to a step from the one before; stage "total" is the whole way',
      labelNames: ['channel', 'direction', 'stage'],
      buckets: bucketEnds.map((ms) => ms / 1000),
      registers: [metrics.registry],
    });
  }

  /** Clocks of two processes may differ: what would end before it began took no time. */
  took(channel: ChannelKind, direction: PassportDirection, stage: FlowStage, from: Date | undefined, to: Date): void {
    if (from === undefined) return;
    const ms = Math.max(0, to.getTime() - from.getTime());
    this.seconds.observe({ channel, direction, stage }, ms / 1000);
    const quarter = to.getTime() - (to.getTime() % QUARTER_MS);
    const id = `${quarter}:${channel}`;
    let counts = this.counts.get(id);
    if (counts === undefined) this.counts.set(id, (counts = { from: quarter, channel, inc: {} }));
    const path = `stages.${direction}.${stage}.b${bucketOf(ms)}`;
    counts.inc[path] = (counts.inc[path] ?? 0) + 1;
    this.soon.due();
  }

  /** What was counted so far. */
  async forget(): Promise<void> {
    await this.soon.close();
    await this.times.deleteMany({});
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.soon.close();
  }

  private async write(): Promise<void> {
    const counts = [...this.counts];
    this.counts = new Map();
    await this.times.bulkWrite(
      counts.map(([_id, { from, channel, inc }]) => ({
        updateOne: {
          filter: { _id },
          update: { $inc: inc, $setOnInsert: { from: new Date(from), channel } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }
}
