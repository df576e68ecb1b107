import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Model } from 'mongoose';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Agents, type Agent } from '../../agents/index.ts';
import type { Gone } from './due.ts';

/** Between signing out and the end of the last console. */
const PARTING_MS = 10_000;
const FIELDS = { name: 1, state: 1, chosenAt: 1, active: 1, spell: 1, signedOutAt: 1 } as const;

export interface Goer extends Gone {
  readonly id: string;
  readonly name: string;
}

/** Who is not there, since when, and whether they chose it. */
@Injectable()
export class FindGone implements OnModuleInit {
  private startedAt = new Date(0);

  constructor(
    @Inject('agents') private readonly agents: Model<Agent>,
    @Inject(Agents) private readonly directory: Agents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.startedAt = this.clock.now();
  }

  async all(): Promise<Goer[]> {
    const offline = await this.agents.find({ 'spell.state': 'offline' }, FIELDS).lean<Agent[]>();
    return this.goers(offline);
  }

  /** null: there, or cut off so lately that it may be a page that is loaded anew. */
  async one(agentId: string): Promise<Goer | null> {
    const agent = await this.agents.findById(agentId, FIELDS).lean<Agent>();
    return agent === null ? null : ((await this.goers([agent]))[0] ?? null);
  }

  private async goers(agents: readonly Agent[]): Promise<Goer[]> {
    const connected = await this.directory.connected();
    return agents.flatMap((agent) => {
      const gone = this.goneOf(agent, agent.active && connected.has(agent._id));
      return gone === null ? [] : [{ id: agent._id, name: agent.name, ...gone }];
    });
  }

  private goneOf({ state, chosenAt, spell, signedOutAt }: Agent, isThere: boolean): Gone | null {
    const offlineFrom = spell?.state === 'offline' ? spell.from : null;
    const now = this.clock.now();
    if (state === 'offline') return { from: chosenAt ?? offlineFrom ?? now, byChoice: true };
    if (isThere) return null;
    const parted = (offlineFrom ?? now).getTime() - PARTING_MS;
    if (signedOutAt != null && signedOutAt.getTime() >= parted) return { from: signedOutAt, byChoice: true };
    // While no hub was there nobody could be, and everybody needs a moment to come back.
    return offlineFrom === null
      ? null
      : { from: offlineFrom > this.startedAt ? offlineFrom : this.startedAt, byChoice: false };
  }
}
