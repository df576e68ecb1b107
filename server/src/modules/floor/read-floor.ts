import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { FloorTicket } from '@switchboard/contract';
import type { Bus } from '../../platform/bus/index.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { BUS, CLOCK } from '../../platform/tokens.ts';
import { Agents, AGENTS_MOVED, type Member } from '../agents/index.ts';
import { Organisations } from '../organisation/index.ts';
import { Queues } from '../queues/index.ts';
import { board, type Board } from './board.ts';
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
  private members: { at: number; all: Promise<Member[]> } | null = null;

  constructor(
    @Inject(OpenWork) private readonly work: OpenWork,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(Queues) private readonly queues: Queues,
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): Promise<void> {
    return this.bus.listen(AGENTS_MOVED, () => (this.members = null));
  }

  async run(): Promise<Reading> {
    const [members, queues, { capacity }] = await Promise.all([
      this.everybody(),
      this.queues.all(),
      this.organisations.read(),
    ]);
    // Last: what was changed before the others were read is in it.
    const works = [...(await this.work.read())];
    const asOf = this.clock.now();
    return {
      ...board(works, { queues, members, capacity, figures: new Map() }, asOf),
      tickets: works.flatMap(({ row }) => (row.assigneeId === null ? [] : [row])),
      asOf,
    };
  }

  private everybody(): Promise<Member[]> {
    const now = this.clock.now().getTime();
    if (this.members !== null && now - this.members.at < MEMBERS_MS) return this.members.all;
    const members = { at: now, all: this.agents.members() };
    this.members = members;
    members.all.catch(() => {
      if (this.members === members) this.members = null;
    });
    return members.all;
  }
}
