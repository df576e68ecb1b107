import { Inject, Injectable } from '@nestjs/common';
import { INACTIVITY } from '@switchboard/contract';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Organisations } from '../organisation/index.ts';
import { ChangeState } from './change-state.ts';

/** Whether somebody is at the console at all: who touches nothing in any of their browsers is away, and comes back to what was before. */
@Injectable()
export class FollowActivity {
  constructor(
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(ChangeState) private readonly change: ChangeState,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async inactive(agentId: string): Promise<void> {
    const { inactivityMinutes, reasons } = (await this.organisations.read()).agentStates;
    const found = reasons.find(({ id }) => id === INACTIVITY);
    if (inactivityMinutes === 0 || found === undefined) return;
    const reason = { id: INACTIVITY, name: found.name, unavailable: found.unavailable };
    await this.change.run({
      agentId,
      event: { kind: 'inactive', at: this.clock.now(), reason },
      cause: 'inactivity',
    });
  }

  async active(agentId: string): Promise<void> {
    await this.change.run({ agentId, event: { kind: 'active', at: this.clock.now() }, cause: 'inactivity' });
  }
}
