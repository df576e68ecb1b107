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
/** With the reading that each part is from. Several run at a time: what a later one found stands, whichever comes back first. */
interface Kept extends Standing {
  readonly memberFrom: number;
  readonly ownFrom: number;
}

/**
 * All agents and their work, as the process that decides remembers them. It may be behind: whoever is chosen by it is read again
 * first (assign-ticket.ts), so being behind costs a moment and never a place too many.
 */
@Injectable()
export class Standings {
  private readonly known = new Map<string, Kept>();
  private readings = 0;

  constructor(
    @Inject(Agents) private readonly agents: Agents,
    @Inject(LoadGuard) private readonly guard: LoadGuard,
    @Inject(WorkOfAgents) private readonly work: WorkOfAgents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  of(queueIds: readonly string[]): Standing[] {
    return this.all().filter(({ member }) => member.queueIds.some((id) => queueIds.includes(id)));
  }

  all(): Standing[] {
    return [...this.known.values()];
  }

  /** undefined: not there at all. */
  stateOf(agentId: string): Member['state'] | undefined {
    return this.known.get(agentId)?.member.state;
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
    const from = this.next();
    const members = await this.agents.members();
    const found = new Set(members.map(({ agent }) => agent.id));
    for (const [id, { memberFrom }] of this.known) if (!found.has(id) && memberFrom < from) this.known.delete(id);
    this.remember(members, from);
    const oldest = this.clock.now().getTime() - OLDEST_MS;
    const ready = this.all()
      .filter(({ member }) => member.state === 'ready')
      .sort((a, b) => (a.own?.readAt ?? 0) - (b.own?.readAt ?? 0));
    const due = ready.filter(({ own }, index) => index < READ_AGAIN || (own?.readAt ?? 0) < oldest);
    await this.readWork(due.map(({ member }) => member.agent.id));
  }

  /** Some of whom something was told; answers who of them is ready now and was not before. */
  async read(agentIds: readonly string[]): Promise<string[]> {
    const from = this.next();
    const wasReady = new Set(agentIds.filter((id) => this.known.get(id)?.member.state === 'ready'));
    const members = await this.agents.members(agentIds);
    const found = new Set(members.map(({ agent }) => agent.id));
    for (const id of agentIds) if (!found.has(id)) this.known.delete(id);
    this.remember(members, from);
    const ready = members.filter(({ state }) => state === 'ready').map(({ agent }) => agent.id);
    await this.readWork(ready);
    return ready.filter((id) => !wasReady.has(id));
  }

  async readWork(agentIds: readonly string[]): Promise<void> {
    const from = this.next();
    for (const [id, own] of await this.look(agentIds)) {
      const kept = this.known.get(id);
      if (kept !== undefined && kept.ownFrom < from) this.known.set(id, { ...kept, own, ownFrom: from });
    }
  }

  /** The agent was just given it: what a reading that has begun before finds is behind. */
  given(agentId: string, work: Work): void {
    const kept = this.known.get(agentId);
    if (kept?.own == null) return;
    const works = [...kept.own.works.filter(({ ticketId }) => ticketId !== work.ticketId), work];
    this.known.set(agentId, { ...kept, own: { ...kept.own, works, readAt: 0 }, ownFrom: this.next() });
  }

  /** Of some queues, from the database: for who explains, in whichever process. */
  async lookAt(queueIds: readonly string[]): Promise<Standing[]> {
    const members = await this.agents.membersOf(queueIds);
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

  private remember(members: readonly Member[], from: number): void {
    for (const member of members) {
      const { own = null, ownFrom = 0, memberFrom = 0 } = this.known.get(member.agent.id) ?? {};
      if (memberFrom > from) continue;
      const isReady = member.state === 'ready';
      this.known.set(member.agent.id, { member, own: isReady ? own : null, memberFrom: from, ownFrom });
    }
  }

  private next(): number {
    this.readings += 1;
    return this.readings;
  }
}

/** It counts like one whose customer waits. */
const heldWork = ({ ticketId, channel, until }: AgentLoad['holds'][number]): Work => ({
  ticketId,
  channel,
  waitingSince: until,
  lastWordAt: null,
});
