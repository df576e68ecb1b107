import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Me } from '@switchboard/contract';
import { z } from 'zod';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import type { Jobs } from '../../../platform/jobs/index.ts';
import { CLOCK, JOBS } from '../../../platform/tokens.ts';
import { Agents } from '../../agents/index.ts';
import { ChangeState } from '../change-state.ts';

const WRAP_UP_ENDS = 'wrap-up-ends';
const Data = z.object({ agentId: z.string() });
/** No wrap-up is to end later from now. */
const LONGEST_MS = 3_600_000;

@Injectable()
export class EndWrapUp implements OnModuleInit {
  constructor(
    @Inject(Agents) private readonly agents: Agents,
    @Inject(ChangeState) private readonly change: ChangeState,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(WRAP_UP_ENDS, ({ data, dueAt }) => this.end(Data.parse(data).agentId, dueAt));
  }

  /** One for each agent: a later end moves it. The sweep (follow-consoles.ts) is the net below it. */
  schedule(agentId: string, dueAt: Date): Promise<void> {
    return this.jobs.schedule({ name: WRAP_UP_ENDS, key: agentId, dueAt, data: { agentId } });
  }

  async extend(caller: Caller, seconds: number): Promise<Me> {
    const now = this.clock.now();
    const until = (await this.agents.byId(caller.id))?.until ?? now;
    const wanted = Math.max(until.getTime(), now.getTime()) + seconds * 1000;
    const event = {
      kind: 'wrap-up-extended' as const,
      at: now,
      until: new Date(Math.min(wanted, now.getTime() + LONGEST_MS)),
    };
    const { agent, changed } = await this.change.run({ agentId: caller.id, event, cause: 'self' });
    if (!changed || agent.until == null) throw new HubError('conflict', 'No wrap-up is running any more');
    await this.schedule(caller.id, agent.until);
    return this.agents.ownView(agent);
  }

  /** The job's time decides, and not this process's clock, which may be behind. */
  private async end(agentId: string, at: Date): Promise<void> {
    await this.change.run({ agentId, event: { kind: 'wrap-up-over', at }, cause: 'wrap-up' });
  }
}
