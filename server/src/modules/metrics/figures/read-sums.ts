import { Inject, Injectable } from '@nestjs/common';
import type { ChannelKind, MetricGroup } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Organisations } from '../../organisation/index.ts';
import { emptyCell, mergeInto, type Cell } from '../rollups/cell.ts';
import { EVERY_QUEUE, sumsOf, type Grain, type Rollup } from '../rollups/rollup.schema.ts';
import { endOf, stretchesOf, type GrainedStretch, type Stretch } from '../rollups/stretches.ts';

export interface Filter {
  readonly queueId?: string | undefined;
  readonly channel?: ChannelKind | undefined;
  readonly agentId?: string | undefined;
  readonly tag?: string | undefined;
}
/** The sum of each stretch's part, as asked: by group, or one under ''. */
export type Cells = Map<string, Cell>;

/** Reads a period from the fewest rollups that make it up. */
@Injectable()
export class ReadSums {
  constructor(
    @Inject('rollups') private readonly rollups: Model<Rollup>,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By `by`; without it all in one cell under ''. */
  async grouped(stretch: Stretch, filter: Filter, by: MetricGroup | undefined): Promise<Cells> {
    const cells: Cells = new Map();
    for (const rollup of await this.read(stretch, filter, by))
      for (const [key, cell] of partsOf(rollup, filter, by)) addTo(cells, key, cell);
    return cells;
  }

  /** Of each interval that began in the stretch, by the start of its rollups. */
  async timed(stretch: Stretch, filter: Filter, finest: Grain): Promise<{ start: Date; cell: Cell }[]> {
    const found = await this.read(stretch, filter, undefined, finest);
    return found.flatMap((rollup) =>
      partsOf(rollup, filter, undefined).map(([, cell]) => ({ start: rollup.start, cell })),
    );
  }

  /** Whole rollups with their heat. */
  async heat(
    stretch: Stretch,
    queueId: string | undefined,
  ): Promise<Pick<Rollup, 'grain' | 'start' | 'all' | 'heat'>[]> {
    return this.read(stretch, { queueId }, undefined);
  }

  private async read(stretch: Stretch, filter: Filter, by: MetricGroup | undefined, coarsest: Grain = 'month') {
    const { timeZone } = await this.organisations.read();
    const stretches = await this.usable(stretchesOf(stretch, timeZone, this.clock.now(), coarsest), timeZone);
    const part = partOf(filter) ?? (by === 'queue' ? undefined : by);
    const fields = { grain: 1, queueId: 1, start: 1, all: 1, heat: 1, ...(part !== undefined && { [part]: 1 }) };
    const perQueue = filter.queueId === undefined && by === 'queue';
    const pages = await Promise.all(
      stretches.map(({ grain, start, end }) =>
        this.rollups
          .find(
            {
              grain,
              // All queues together are summed in days and months already.
              queueId: filter.queueId ?? (perQueue || grain === 'quarter' ? { $gt: EVERY_QUEUE } : EVERY_QUEUE),
              start: { $gte: start, $lt: end },
            },
            fields,
          )
          .lean<Rollup[]>(),
      ),
    );
    return pages.flat().filter(({ all }) => all !== undefined);
  }

  /** A day or month that is not summed yet is read in its parts. */
  private async usable(stretches: readonly GrainedStretch[], zone: string): Promise<GrainedStretch[]> {
    const usable: GrainedStretch[] = [];
    for (const stretch of stretches) {
      const { grain, start, end } = stretch;
      const stale =
        grain === 'quarter'
          ? []
          : await this.rollups
              .find({ grain, stale: true, start: { $gte: start, $lt: end } }, { start: 1 })
              .lean<Rollup[]>();
      const starts = [...new Set(stale.map((one) => one.start.getTime()))].toSorted((a, b) => a - b);
      let from = start;
      for (const at of starts) {
        const [begin, over] = [new Date(at), endOf(grain, new Date(at), zone)];
        if (begin > from) usable.push({ grain, start: from, end: begin });
        const finer = grain === 'month' ? 'day' : 'quarter';
        usable.push(...(await this.usable([{ grain: finer, start: begin, end: over < end ? over : end }], zone)));
        from = over;
      }
      if (from < end) usable.push({ grain, start: from, end });
    }
    return usable;
  }
}

const partOf = ({ channel, agentId, tag }: Filter) =>
  channel !== undefined ? 'channel' : agentId !== undefined ? 'agent' : tag !== undefined ? 'tag' : undefined;

function partsOf(rollup: Rollup, filter: Filter, by: MetricGroup | undefined): [string, Cell][] {
  const part = partOf(filter);
  const sums = sumsOf(rollup);
  if (part !== undefined) {
    const cell = sums[part][filter.channel ?? filter.agentId ?? filter.tag ?? ''];
    return cell === undefined ? [] : [[by === 'queue' ? rollup.queueId : '', cell]];
  }
  if (by === undefined) return [['', sums.all]];
  return by === 'queue' ? [[rollup.queueId, sums.all]] : Object.entries(sums[by]);
}

export function addTo(cells: Cells, key: string, cell: Cell): void {
  const sum = cells.get(key) ?? emptyCell();
  mergeInto(sum, cell);
  cells.set(key, sum);
}
