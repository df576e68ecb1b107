import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Agents, type Member } from '../agents/index.ts';
import type { AgentLoad } from './agent-load.schema.ts';
import type { Work } from './capacity.ts';
import { LoadGuard } from './load-guard.ts';
import { WorkOfAgents } from './work-of-agents.ts';

/** Work that was read longer ago is read again before anything is decided by it. */
const OLDEST_MS = 60_000;
/** So many are read again with each sweep: what nothing told of, such as a reply after which a chat may go idle, is seen in time. */
const READ_AGAIN = 100;

export interface Own {
  readonly load: AgentLoad;
  readonly works: readonly Work[];
  readonly readAt: number;
}
export interface Standing {
  readonly member: Member;
  /** null: not ready, or not read yet. */
  readonly own: Own | null;
}

/**
 * All agents and their work, as the process that decides remembers them. It may be behind: whoever is chosen by it is read again
 * first (assign-ticket.ts), so being behind costs a moment and never a place too many.
 */
@Injectable()
export class Standings {
  private readonly known = new Map<string, Standing>();

  constructor(
    @Inject(Agents) private readonly agents: Agents,
    @Inject(LoadGuard) private readonly guard: LoadGuard,
    @Inject(WorkOfAgents) private readonly work: WorkOfAgents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  ofQueue(queueId: string): Standing[] {
    return this.all().filter(({ member }) => member.queueIds.includes(queueId));
  }

  all(): Standing[] {
    return [...this.known.values()];
  }

  queuesOf(agentIds: readonly string[]): string[] {
    return [...new Set(agentIds.flatMap((id) => this.known.get(id)?.member.queueIds ?? []))];
  }

  /** Is the ticket in what is remembered of the agent? Who is not remembered may have anything. */
  has(agentId: string, ticketId: string): boolean {
    const own = this.known.get(agentId)?.own;
    return own == null || own.works.some((work) => work.ticketId === ticketId);
  }

  /** Who is there in which state, and the work of those of whom it was read longest ago. */
  async readAll(): Promise<void> {
    this.remember(await this.agents.members(), { all: true });
    const oldest = this.clock.now().getTime() - OLDEST_MS;
    const ready = this.all()
      .filter(({ member }) => member.state === 'ready')
      .sort((a, b) => (a.own?.readAt ?? 0) - (b.own?.readAt ?? 0));
    const due = ready.filter(({ own }, index) => index < READ_AGAIN || (own?.readAt ?? 0) < oldest);
    await this.readWork(due.map(({ member }) => member.agent.id));
  }

  /** Some of whom something was told; answers who of them is ready now and was not before. */
  async read(agentIds: readonly string[]): Promise<string[]> {
    const wasReady = new Set(agentIds.filter((id) => this.known.get(id)?.member.state === 'ready'));
    const members = await this.agents.members(agentIds);
    for (const id of agentIds) this.known.delete(id);
    this.remember(members);
    const ready = members.filter(({ state }) => state === 'ready').map(({ agent }) => agent.id);
    await this.readWork(ready);
    return ready.filter((id) => !wasReady.has(id));
  }

  async readWork(agentIds: readonly string[]): Promise<void> {
    for (const [id, own] of await this.look(agentIds)) {
      const standing = this.known.get(id);
      if (standing !== undefined) this.known.set(id, { ...standing, own });
    }
  }

  /** Of one queue, from the database: for who explains, in whichever process. */
  async lookAt(queueId: string): Promise<Standing[]> {
    const members = await this.agents.membersOf(queueId);
    const own = await this.look(members.flatMap(({ agent, state }) => (state === 'ready' ? [agent.id] : [])));
    return members.map((member) => ({ member, own: own.get(member.agent.id) ?? null }));
  }

  /** The claims before the work: what was claimed before is then in one of the two. */
  private async look(agentIds: readonly string[]): Promise<Map<string, Own>> {
    if (agentIds.length === 0) return new Map();
    const loads = await this.guard.of(agentIds);
    const works = await this.work.of(agentIds);
    const readAt = this.clock.now().getTime();
    return new Map(
      [...loads].map(([id, load]) => {
        const own = works.get(id) ?? [];
        const held = this.guard.held(load).filter(({ ticketId }) => own.every((each) => each.ticketId !== ticketId));
        return [id, { load, works: [...own, ...held.map(heldWork)], readAt }];
      }),
    );
  }

  private remember(members: readonly Member[], { all = false } = {}): void {
    const before = new Map(this.known);
    if (all) this.known.clear();
    for (const member of members) {
      const own = member.state === 'ready' ? (before.get(member.agent.id)?.own ?? null) : null;
      this.known.set(member.agent.id, { member, own });
    }
  }
}

/** It counts like one whose customer waits. */
const heldWork = ({ ticketId, channel, until }: AgentLoad['holds'][number]): Work => ({
  ticketId,
  channel,
  waitingSince: until,
  lastWordAt: null,
});
