import { Inject, Injectable } from '@nestjs/common';
import type { ChannelKind, MetricClock, MetricGroup } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Organisations } from '../../organisation/index.ts';
import { emptyCell, type Cell } from '../rollups/cell.ts';
import { addStored, EVERY_QUEUE, type Grain, type Rollup, type StoredCell } from '../rollups/rollup.schema.ts';
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
  async grouped(stretch: Stretch, filter: Filter, by: MetricGroup | undefined, clock: MetricClock): Promise<Cells> {
    const cells: Cells = new Map();
    for (const { queueId, cells: found } of await this.read(stretch, filter, by))
      for (const cell of matching(found, filter))
        addStored(cellAt(cells, by === undefined ? '' : by === 'queue' ? queueId : cell.key), cell, [clock]);
    return cells;
  }

  /** By what `keyOf` makes of the starts of its parts, none of which is longer than `coarsest`; added to `cells`. */
  async timed(
    stretch: Stretch,
    filter: Filter,
    { coarsest, clock }: { coarsest: Grain; clock: MetricClock },
    keyOf: (start: Date) => string,
    cells: Cells,
  ): Promise<Cells> {
    for (const { start, cells: found } of await this.read(stretch, filter, undefined, coarsest))
      for (const cell of matching(found, filter)) addStored(cellAt(cells, keyOf(start)), cell, [clock]);
    return cells;
  }

  heat(stretch: Stretch, queueId: string | undefined): Promise<Rollup[]> {
    return this.read(stretch, { queueId }, undefined);
  }

  private async read(stretch: Stretch, filter: Filter, by: MetricGroup | undefined, coarsest: Grain = 'month') {
    const { timeZone } = await this.organisations.read();
    const stretches = await this.usable(stretchesOf(stretch, timeZone, this.clock.now(), coarsest), timeZone);
    const part: Rollup['part'] = partOf(filter) ?? (by === undefined || by === 'queue' ? 'all' : by);
    const perQueue = filter.queueId === undefined && by === 'queue';
    const pages = await Promise.all(
      stretches.map(({ grain, start, end }) => {
        // All queues together are summed in days and months already.
        const every = perQueue || grain === 'quarter' ? { $gt: EVERY_QUEUE } : EVERY_QUEUE;
        const slot = { grain, part, queueId: filter.queueId ?? every, start: { $gte: start, $lt: end } };
        return this.rollups.find(slot).lean<Rollup[]>();
      }),
    );
    return pages.flat();
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

function matching(cells: readonly StoredCell[] | undefined, filter: Filter): StoredCell[] {
  const wanted = filter.channel ?? filter.agentId ?? filter.tag;
  return (cells ?? []).filter(({ key }) => wanted === undefined || key === wanted);
}

export function cellAt(cells: Cells, key: string): Cell {
  const cell = cells.get(key) ?? emptyCell();
  cells.set(key, cell);
  return cell;
}
