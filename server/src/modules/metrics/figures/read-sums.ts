import { Inject, Injectable } from '@nestjs/common';
import type { ChannelKind, MetricClock, MetricGroup } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Organisations } from '../../organisation/index.ts';
import { emptyCell, type Cell } from '../rollups/cell.ts';
import { blocks, type Block } from '../rollups/packed-cells.ts';
import {
  addRollup,
  EVERY_QUEUE,
  openedOf,
  type Grain,
  type Opened,
  type Rollup,
  type Slot,
} from '../rollups/rollup.schema.ts';
import { endOf, stretchesOf, type GrainedStretch, type Stretch } from '../rollups/stretches.ts';

export interface Filter {
  readonly queueId?: string | undefined;
  readonly channel?: ChannelKind | undefined;
  readonly agentId?: string | undefined;
  readonly tag?: string | undefined;
}
/** The sum of each stretch's part, as asked: by group, or one under ''. */
export type Cells = Map<string, Cell>;

interface Wanted {
  readonly by?: MetricGroup | undefined;
  readonly coarsest?: Grain;
  /** What is read of them. */
  readonly blocks: readonly Block[];
}

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
    const isWanted = wantedBy(filter);
    for (const rollup of await this.read(stretch, filter, { by, blocks: figuresOf(clock) })) {
      const whole = by === undefined ? '' : by === rollup.part ? null : rollup.queueId;
      addRollup(rollup, [clock], (key) => (isWanted(key) ? cellAt(cells, whole ?? key) : undefined));
    }
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
    const isWanted = wantedBy(filter);
    for (const rollup of await this.read(stretch, filter, { coarsest, blocks: figuresOf(clock) })) {
      const whole = keyOf(rollup.start);
      addRollup(rollup, [clock], (key) => (isWanted(key) ? cellAt(cells, whole) : undefined));
    }
    return cells;
  }

  /** How many tickets were opened when: each count with the start of its part, and in which of its hours. */
  async opened(stretch: Stretch, filter: Filter): Promise<(Pick<Slot, 'grain' | 'start'> & Opened)[]> {
    const isWanted = wantedBy(filter);
    const found = await this.read(stretch, filter, { blocks: ['heat'] });
    return found.flatMap((rollup) => {
      const { grain, start } = rollup;
      return openedOf(rollup, isWanted).map((opened) => ({ grain, start, ...opened }));
    });
  }

  private async read(stretch: Stretch, filter: Filter, { by, coarsest = 'month', blocks: wanted }: Wanted) {
    const { timeZone } = await this.organisations.read();
    const stretches = await this.usable(stretchesOf(stretch, timeZone, this.clock.now(), coarsest), timeZone);
    const left = Object.fromEntries(blocks.filter((block) => !wanted.includes(block)).map((block) => [block, 0]));
    const pages = await Promise.all(
      stretches.map(({ grain, start, end }) => {
        const slots = { grain, ...whose(grain, filter, by), start: { $gte: start, $lt: end } };
        return this.rollups.find(slots, left).lean<Rollup[]>();
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

const figuresOf = (clock: MetricClock): readonly Block[] => ['counts', 'plain', clock];

type Whose = Pick<Rollup, 'part'> & { queueId: string | { $gt: string } };
/** All queues together are summed in days and months already, also by queue. */
function whose(grain: Grain, filter: Filter, by: MetricGroup | undefined): Whose {
  const byQueue = by === 'queue' && filter.queueId === undefined;
  const part: Rollup['part'] = partOf(filter) ?? (by === undefined || by === 'queue' ? 'all' : by);
  if (filter.queueId !== undefined) return { part, queueId: filter.queueId };
  if (grain === 'quarter' || (byQueue && part !== 'all')) return { part, queueId: { $gt: EVERY_QUEUE } };
  return { part: byQueue ? 'queue' : part, queueId: EVERY_QUEUE };
}

const partOf = ({ channel, agentId, tag }: Filter) =>
  channel !== undefined ? 'channel' : agentId !== undefined ? 'agent' : tag !== undefined ? 'tag' : undefined;

function wantedBy({ channel, agentId, tag }: Filter): (key: string) => boolean {
  const wanted = channel ?? agentId ?? tag;
  return (key) => wanted === undefined || key === wanted;
}

export function cellAt(cells: Cells, key: string): Cell {
  const cell = cells.get(key) ?? emptyCell();
  cells.set(key, cell);
  return cell;
}
