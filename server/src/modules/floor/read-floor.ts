import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { FLOOR_METRICS, type Figures, type FloorFigures, type FloorTicket } from '@switchboard/contract';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { Kept } from '../../platform/clock/kept.ts';
import { BUS, CLOCK } from '../../platform/tokens.ts';
import { Agents, AGENTS_MOVED, type Colleague } from '../agents/index.ts';
import { LiveFigures } from '../metrics/index.ts';
import { Organisations } from '../organisation/index.ts';
import { Queues } from '../queues/index.ts';
import { board, type Board, type QueueFigures } from './board.ts';
import { OpenWork } from './open-work.ts';

/** Who is in which queue and state is told when it changes, except where the telling is lost. */
const MEMBERS_MS = 3_000;

export interface Reading extends Board {
  readonly asOf: Date;
  /** Those that somebody has. */
  readonly tickets: FloorTicket[];
}

/** The floor as it is, from what this process remembers of tickets and agents. */
@Injectable()
export class ReadFloor implements OnModuleInit {
  private readonly members: Kept<Colleague[]>;

  constructor(
    @Inject(OpenWork) private readonly work: OpenWork,
    @Inject(Agents) agents: Agents,
    @Inject(LiveFigures) private readonly live: LiveFigures,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.members = new Kept(MEMBERS_MS, clock, () => agents.colleagues());
  }

  onModuleInit(): Promise<void> {
    return this.bus.listen(AGENTS_MOVED, () => this.members.forget());
  }

  async run(): Promise<Reading> {
    const [members, figures, queues, { capacity }] = await Promise.all([
      this.members.read(),
      this.live.read().then(shown),
      this.queues.all(),
      this.organisations.read(),
    ]);
    // Last: what was changed before the others were read is in it.
    const works = [...(await this.work.read())];
    const asOf = this.clock.now();
    return {
      ...board(works, { queues, members, capacity, figures }, asOf),
      tickets: works.flatMap(({ row }) => (row.assigneeId === null ? [] : [row])),
      asOf,
    };
  }
}

function shown(all: Awaited<ReturnType<LiveFigures['read']>>): Map<string, QueueFigures> {
  return new Map([...all].map(([id, { now, today }]) => [id, { now: some(now), today: some(today) }]));
}
const some = (figures: Figures): FloorFigures =>
  Object.fromEntries(FLOOR_METRICS.map((id) => [id, figures[id]])) as FloorFigures;
