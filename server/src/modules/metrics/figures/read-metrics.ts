import { Inject, Injectable } from '@nestjs/common';
import {
  channelNames,
  type Api,
  type Call,
  type MetricClock,
  type MetricGroup,
  type MetricHeat,
  type MetricInterval,
  type MetricReport,
  type MetricRow,
} from '@switchboard/contract';
import { DateTime } from 'luxon';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Agents } from '../../agents/index.ts';
import { Organisations } from '../../organisation/index.ts';
import { Queues } from '../../queues/index.ts';
import { NO_QUEUE } from '../facts/fact.schema.ts';
import type { Followed } from '../facts/measured.schema.ts';
import { emptyCell } from '../rollups/cell.ts';
import type { Stretch } from '../rollups/stretches.ts';
import { figuresOf } from './figures.ts';
import { grainOf, intervalsOf, intervalWith } from './intervals.ts';
import { ReadSums, type Cells, type Filter } from './read-sums.ts';

type Asked = Call<Api['metrics.read']>['query'];

/** The figures of a period. */
@Injectable()
export class ReadMetrics {
  constructor(
    @Inject(ReadSums) private readonly sums: ReadSums,
    @Inject('metricsfollowed') private readonly followed: Model<Followed>,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ from, to, by, interval, clock, previousFrom, previousTo, ...filter }: Asked): Promise<MetricReport> {
    const stretch = requireStretch(from, to);
    requireOnePart(filter, by);
    const before =
      previousFrom === undefined || previousTo === undefined
        ? justBefore(stretch)
        : requireStretch(previousFrom, previousTo);
    const { timeZone } = await this.organisations.read();
    const [cells, total, previous, asOf] = await Promise.all([
      interval === undefined
        ? this.sums.grouped(stretch, filter, by, clock)
        : this.byInterval(stretch, filter, { interval, clock }, timeZone),
      this.sums.grouped(stretch, filter, undefined, clock),
      this.sums.grouped(before, filter, undefined, clock),
      this.asOf(),
    ]);
    const names = await this.namesOf(interval === undefined ? by : undefined, [...cells.keys()]);
    const row = (key: string, cell = emptyCell()): MetricRow => ({
      ...{ key, name: names?.get(key) ?? key, figures: figuresOf(cell, clock) },
    });
    const grouped = by !== undefined || interval !== undefined;
    return {
      ...{ from, to, timeZone, asOf },
      total: figuresOf(total.get('') ?? emptyCell(), clock),
      previous: {
        from: before.start.toISOString(),
        to: before.end.toISOString(),
        total: figuresOf(previous.get('') ?? emptyCell(), clock),
      },
      rows: grouped ? [...cells].filter(([key]) => key !== NO_QUEUE).map(([key, cell]) => row(key, cell)) : [],
    };
  }

  async heat({ from, to, ...filter }: Call<Api['metrics.heat']>['query']): Promise<MetricHeat> {
    const stretch = requireStretch(from, to);
    requireOnePart(filter, undefined);
    const { timeZone } = await this.organisations.read();
    const opened = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
    for (const { grain, start, hour, count } of await this.sums.opened(stretch, filter)) {
      const at = DateTime.fromJSDate(start, { zone: timeZone });
      const first = { quarter: (at.weekday - 1) * 24 + at.hour, day: (at.weekday - 1) * 24, month: 0 }[grain];
      const day = opened[Math.floor((first + hour) / 24)] as number[];
      day[(first + hour) % 24] = (day[(first + hour) % 24] ?? 0) + count;
    }
    return { from, to, opened };
  }

  private async byInterval(
    stretch: Stretch,
    filter: Filter,
    { interval, clock }: { interval: MetricInterval; clock: MetricClock },
    zone: string,
  ): Promise<Cells> {
    const starts = intervalsOf(stretch, interval, zone);
    // Those in which nothing was are points of the chart, too.
    const cells: Cells = new Map(starts.map((start) => [start.toISOString(), emptyCell()]));
    const keyOf = (at: Date) => intervalWith(starts, at).toISOString();
    return this.sums.timed(stretch, filter, { coarsest: grainOf[interval], clock }, keyOf, cells);
  }

  private async namesOf(by: MetricGroup | undefined, keys: readonly string[]): Promise<Map<string, string> | null> {
    if (by === 'queue') return this.queues.names(keys);
    if (by === 'channel') return new Map(Object.entries(channelNames));
    if (by !== 'agent') return null;
    const faces = await this.agents.names(keys);
    return new Map([...faces].map(([id, { name }]) => [id, name]));
  }

  private async asOf(): Promise<string> {
    const followed = await this.followed.findById('tickets').lean<Followed>();
    return (followed?.until ?? this.clock.now()).toISOString();
  }
}

function justBefore({ start, end }: Stretch): Stretch {
  return { start: new Date(2 * start.getTime() - end.getTime()), end: start };
}

export function requireStretch(from: string, to: string): Stretch {
  const [start, end] = [new Date(from), new Date(to)];
  if (start < end) return { start, end };
  throw new HubError('invalid', 'The period ends before it begins', {
    fields: [{ path: 'to', message: 'Later than from' }],
  });
}

/** The sums are kept by each of them, not by both. */
function requireOnePart({ channel, agentId, tag }: Filter, by: MetricGroup | undefined): void {
  const filtered = [channel, agentId, tag].filter((value) => value !== undefined).length;
  const grouped = by !== undefined && by !== 'queue' ? 1 : 0;
  if (filtered + grouped > 1)
    throw new HubError('invalid', 'Figures are kept by channel, by agent or by tag: ask for one of them at a time');
}
