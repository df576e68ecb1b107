import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  AGENT_METRICS,
  FLOOR_METRICS,
  type Figure,
  type Figures,
  type Floor,
  type FloorTicket,
  type MetricId,
} from '@switchboard/contract';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { Kept } from '../../platform/clock/kept.ts';
import { BUS, CLOCK } from '../../platform/tokens.ts';
import { HandlingSpells } from '../agent-states/index.ts';
import { Agents, AGENTS_MOVED, type Colleague } from '../agents/index.ts';
import { LiveFigures, type LiveReading } from '../metrics/index.ts';
import { Organisations } from '../organisation/index.ts';
import { Queues } from '../queues/index.ts';
import { board, type Board, type Centre, type QueueFigures } from './board.ts';
import { OpenWork } from './open-work.ts';

/** Who is in which queue and state is told when it changes, except where the telling is lost. */
const MEMBERS_MS = 3_000;

/** What somebody has before them, likewise: it is written when it has lasted a second. */
const ON_SCREEN_MS = 350;

export interface Reading extends Board {
  readonly since: Floor['since'];
  readonly asOf: Date;
  /** Those that somebody has. */
  readonly tickets: FloorTicket[];
}

/** The floor as it is, from what this process remembers of tickets and agents. */
@Injectable()
export class ReadFloor implements OnModuleInit {
  private readonly members: Kept<Colleague[]>;
  private readonly onScreen: Kept<Centre['onScreen']>;

  constructor(
    @Inject(OpenWork) private readonly work: OpenWork,
    @Inject(Agents) agents: Agents,
    @Inject(HandlingSpells) handling: HandlingSpells,
    @Inject(LiveFigures) private readonly live: LiveFigures,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.members = new Kept(MEMBERS_MS, clock, () => agents.colleagues());
    this.onScreen = new Kept(ON_SCREEN_MS, clock, () => handling.open());
  }

  onModuleInit(): Promise<void> {
    return this.bus.listen(AGENTS_MOVED, () => this.members.forget());
  }

  async run(): Promise<Reading> {
    const [members, onScreen, live, ofAgents, queues, { capacity }] = await Promise.all([
      this.members.read(),
      this.onScreen.read(),
      this.live.read(),
      this.live.readAgents(),
      this.queues.all(),
      this.organisations.read(),
    ]);
    // Last: what was changed before the others were read is in it.
    const works = [...(await this.work.read())];
    const asOf = this.clock.now();
    const { now, today } = live.since;
    const agentFigures = new Map([...ofAgents].map(([id, figures]) => [id, some(AGENT_METRICS, figures)]));
    const figures = shown(live.queues);
    return {
      ...board(works, { queues, members, capacity, figures, agentFigures, onScreen }, asOf),
      since: { now: now.toISOString(), today: today.toISOString() },
      tickets: works.flatMap(({ row }) => (row.assigneeId === null ? [] : [row])),
      asOf,
    };
  }
}

function shown(all: LiveReading['queues']): Map<string, QueueFigures> {
  return new Map(
    [...all].map(([id, { now, today }]) => [id, { now: some(FLOOR_METRICS, now), today: some(FLOOR_METRICS, today) }]),
  );
}

const some = <Id extends MetricId>(ids: readonly Id[], figures: Figures): Record<Id, Figure> =>
  Object.fromEntries(ids.map((id) => [id, figures[id]])) as Record<Id, Figure>;
