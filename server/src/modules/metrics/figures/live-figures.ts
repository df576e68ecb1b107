import { Inject, Injectable } from '@nestjs/common';
import type { Figures } from '@switchboard/contract';
import type { Clock } from '../../../platform/clock/clock.ts';
import { Kept } from '../../../platform/clock/kept.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Organisations } from '../../organisation/index.ts';
import { dayOf, quarterOf, QUARTER_MS } from '../rollups/stretches.ts';
import { mergeInto } from '../rollups/cell.ts';
import { figuresOf } from './figures.ts';
import { cellAt, ReadSums, type Cells } from './read-sums.ts';

/** What a wallboard shows: since midnight, and of the last half hour. */
export interface QueueFigures {
  readonly today: Figures;
  readonly now: Figures;
}
/** The last half hour begins with a quarter: it is 30 to 45 minutes. */
const NOW_QUARTERS = 2;
/** Who asks at the same time gets the same answer. */
const SAME_MS = 250;

@Injectable()
export class LiveFigures {
  /** The quarters of today that are long over, summed once. */
  private past: { day: number; until: Date; cells: Cells } | null = null;

  private readonly latest: Kept<Map<string, QueueFigures>>;

  constructor(
    @Inject(ReadSums) private readonly sums: ReadSums,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.latest = new Kept(SAME_MS, clock, () => this.make());
  }

  /** By queue; one without work today is not there. */
  read(): Promise<Map<string, QueueFigures>> {
    return this.latest.read();
  }

  private async make(): Promise<Map<string, QueueFigures>> {
    const now = this.clock.now();
    const { timeZone } = await this.organisations.read();
    const day = dayOf(now, timeZone);
    const recently = new Date(quarterOf(now).getTime() - NOW_QUARTERS * QUARTER_MS);
    const from = recently < day ? day : recently;
    const [past, recent] = await Promise.all([
      this.pastOf(day, from),
      this.sums.grouped({ start: recently, end: new Date(now.getTime() + QUARTER_MS) }, {}, 'queue', 'calendar'),
    ]);
    const today: Cells = new Map();
    for (const cells of [past, recent]) for (const [queueId, cell] of cells) mergeInto(cellAt(today, queueId), cell);
    return new Map(
      [...today].map(([queueId, cell]) => [
        queueId,
        { today: figuresOf(cell, 'calendar'), now: figuresOf(recent.get(queueId) ?? none, 'calendar') },
      ]),
    );
  }

  private async pastOf(day: Date, until: Date): Promise<Cells> {
    if (this.past?.day !== day.getTime() || this.past.until < until) {
      const cells = await this.sums.grouped({ start: day, end: until }, {}, 'queue', 'calendar');
      this.past = { day: day.getTime(), until, cells };
    }
    return this.past.cells;
  }
}

const none = { n: {}, calendar: {}, business: {} };
