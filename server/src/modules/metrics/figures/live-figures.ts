import { Inject, Injectable } from '@nestjs/common';
import type { Figures, MetricGroup } from '@switchboard/contract';
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
export interface LiveReading {
  /** From when each of them is. */
  readonly since: { readonly now: Date; readonly today: Date };
  /** By queue; one without work today is not there. */
  readonly queues: ReadonlyMap<string, QueueFigures>;
}
/** The last half hour begins with a quarter: it is 30 to 45 minutes. */
const NOW_QUARTERS = 2;
/** Who asks at the same time gets the same answer. */
const SAME_MS = 250;
/** What people did is measured every ten seconds. */
const SAME_PEOPLE_MS = 5_000;

/** The day of one grouping, of which the quarters that are long over are summed once. */
class Day {
  private past: { day: number; until: Date; cells: Cells } | null = null;

  constructor(
    private readonly sums: ReadSums,
    private readonly by: MetricGroup,
  ) {}

  async read({ now: recently, today: day }: LiveReading['since'], end: Date): Promise<{ today: Cells; recent: Cells }> {
    // Just after midnight the last half hour is more than the day.
    if (recently < day) return { today: await this.of(day, end), recent: await this.of(recently, end) };
    const [past, recent] = await Promise.all([this.pastOf(day, recently), this.of(recently, end)]);
    const today: Cells = new Map();
    for (const cells of [past, recent]) for (const [key, cell] of cells) mergeInto(cellAt(today, key), cell);
    return { today, recent };
  }

  private async pastOf(day: Date, until: Date): Promise<Cells> {
    if (this.past?.day !== day.getTime() || this.past.until < until)
      this.past = { day: day.getTime(), until, cells: await this.of(day, until) };
    return this.past.cells;
  }

  private of(start: Date, end: Date): Promise<Cells> {
    return this.sums.grouped({ start, end }, {}, this.by, 'calendar');
  }
}

@Injectable()
export class LiveFigures {
  private readonly queues: Day;
  private readonly agents: Day;
  private readonly latest: Kept<LiveReading>;
  private readonly latestOfAgents: Kept<ReadonlyMap<string, Figures>>;

  constructor(
    @Inject(ReadSums) sums: ReadSums,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.queues = new Day(sums, 'queue');
    this.agents = new Day(sums, 'agent');
    this.latest = new Kept(SAME_MS, clock, () => this.ofQueues());
    this.latestOfAgents = new Kept(SAME_PEOPLE_MS, clock, () => this.ofAgents());
  }

  read(): Promise<LiveReading> {
    return this.latest.read();
  }

  /** Since midnight, by agent; who has not been there today is not there. */
  readAgents(): Promise<ReadonlyMap<string, Figures>> {
    return this.latestOfAgents.read();
  }

  private async ofQueues(): Promise<LiveReading> {
    const { since, end } = await this.spans();
    const { today, recent } = await this.queues.read(since, end);
    const queues = new Map(
      [...today].map(([queueId, cell]) => [
        queueId,
        { today: figuresOf(cell, 'calendar'), now: figuresOf(recent.get(queueId) ?? none, 'calendar') },
      ]),
    );
    return { since, queues };
  }

  private async ofAgents(): Promise<ReadonlyMap<string, Figures>> {
    const { since, end } = await this.spans();
    const { today } = await this.agents.read(since, end);
    return new Map([...today].map(([agentId, cell]) => [agentId, figuresOf(cell, 'calendar')]));
  }

  private async spans(): Promise<{ since: LiveReading['since']; end: Date }> {
    const now = this.clock.now();
    const { timeZone } = await this.organisations.read();
    const recently = new Date(quarterOf(now).getTime() - NOW_QUARTERS * QUARTER_MS);
    return { since: { now: recently, today: dayOf(now, timeZone) }, end: new Date(now.getTime() + QUARTER_MS) };
  }
}

const none = { n: {}, calendar: {}, business: {} };
