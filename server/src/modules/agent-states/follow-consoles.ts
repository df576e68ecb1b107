import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, JOBS, LOG } from '../../platform/tokens.ts';
import { Agents, type Agent } from '../agents/index.ts';
import { ChangeState } from './change-state.ts';

/** Long enough for a page to be loaded anew: that is nobody's going. */
const GRACE_MS = 5_000;
/** Silent for so long, the process that had the console is dead. Longer than its beat, and than another takes to have the console. */
const SILENT_MS = 30_000;
const SWEEP_MS = 10_000;

/**
 * Being connected, as far as it makes states. Routing asks presence itself, and gives nothing to who has gone this moment; the
 * history waits a little, so that a reload is no time offline.
 */
@Injectable()
export class FollowConsoles implements OnModuleInit, BeforeApplicationShutdown {
  private readonly leaving = new Map<string, NodeJS.Timeout>();

  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(Agents) private readonly directory: Agents,
    @Inject(ChangeState) private readonly change: ChangeState,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.every('agent-states', SWEEP_MS, () => this.sweep());
  }

  /** Who is cut off by this process's end connects to another, or is found by its silence. */
  beforeApplicationShutdown(): void {
    for (const timer of this.leaving.values()) clearTimeout(timer);
    this.leaving.clear();
  }

  /** The first console of an agent on this process; it is in presence already. */
  async came(agentId: string): Promise<void> {
    clearTimeout(this.leaving.get(agentId));
    this.leaving.delete(agentId);
    await this.seen([agentId]);
    const { changed } = await this.change.run({ agentId, event: null, cause: 'connection' });
    // The others have been told that it was gone.
    if (!changed) await this.directory.announceState(agentId);
  }

  /** The last console of an agent on this process. */
  async left(agentId: string): Promise<void> {
    const at = this.clock.now();
    clearTimeout(this.leaving.get(agentId));
    const timer = setTimeout(() => void this.gone(agentId, at), GRACE_MS).unref();
    this.leaving.set(agentId, timer);
    await this.directory.announceState(agentId);
  }

  /** They are there still: from when a process is silent, nobody can say that. */
  async seen(agentIds: readonly string[]): Promise<void> {
    if (agentIds.length === 0) return;
    await this.agents.updateMany({ _id: { $in: [...agentIds] } }, { $set: { consoleSeenAt: this.clock.now() } });
  }

  /** What no process has told: those whose process was killed, and those whose coming was not written. */
  async sweep(): Promise<void> {
    const connected = await this.directory.connected();
    const fields = { spell: 1, consoleSeenAt: 1, state: 1, until: 1 };
    const open = await this.agents
      .find({ 'spell.state': { $in: ['ready', 'busy', 'wrap-up', 'away'] } }, fields)
      .lean<Agent[]>();
    const now = this.clock.now();
    for (const { _id: agentId, spell, consoleSeenAt, state, until } of open) {
      const silentFrom = new Date((consoleSeenAt ?? spell?.from ?? now).getTime() + SILENT_MS);
      if (!connected.has(agentId)) {
        if (silentFrom <= now) await this.change.run({ agentId, event: null, cause: 'connection', at: silentFrom });
      } else if (state === 'wrap-up' && until != null && until <= now) {
        await this.change.run({ agentId, event: { kind: 'wrap-up-over', at: now }, cause: 'wrap-up' });
      }
    }
    await this.findTheUnwritten(connected);
  }

  private async findTheUnwritten(connected: ReadonlySet<string>): Promise<void> {
    const there = await this.agents
      .find({ _id: { $in: [...connected] }, active: true, state: { $ne: 'offline' } }, { spell: 1 })
      .lean<Agent[]>();
    for (const { _id: agentId, spell } of there)
      if ((spell?.state ?? 'offline') === 'offline')
        await this.change.run({ agentId, event: null, cause: 'connection' });
  }

  private async gone(agentId: string, at: Date): Promise<void> {
    this.leaving.delete(agentId);
    try {
      await this.change.run({ agentId, event: null, cause: 'connection', at });
    } catch (error) {
      this.log.warn('That an agent has gone could not be written; the sweep does it', { agentId, error });
    }
  }
}
