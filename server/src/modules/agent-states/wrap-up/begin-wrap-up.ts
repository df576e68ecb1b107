import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { Organisations } from '../../organisation/index.ts';
import { ReadTicket, type StoredEntry, type Ticket, type TicketEvent } from '../../tickets/index.ts';
import { ChangeState } from '../change-state.ts';
import { EndWrapUp } from './end-wrap-up.ts';

/** Who has resolved a ticket has its channel's time to write down what is left, before more is given to them. */
@Injectable()
export class BeginWrapUp {
  constructor(
    @Inject(Organisations) private readonly organisations: Organisations,
    @Inject(ReadTicket) private readonly tickets: ReadTicket,
    @Inject(ChangeState) private readonly change: ChangeState,
    @Inject(EndWrapUp) private readonly timer: EndWrapUp,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Asked by the routing of each change that moves work, before it looks who is free. Told twice, it begins once. Answers whose began. */
  async after(event: TicketEvent, { channel, status }: Ticket): Promise<string | null> {
    const seconds = (await this.organisations.read()).capacity.channels[channel].wrapUpSeconds ?? null;
    if (seconds === null || status !== 'resolved') return null;
    const entry = await this.tickets.stored(event.entryId);
    if (entry?.author.id == null || !(await this.isResolution(entry))) return null;
    const at = entry.at;
    const until = new Date(at.getTime() + seconds * 1000);
    if (until <= this.clock.now()) return null;
    const work = { kind: 'work-ended', at, until } as const;
    const { agent, changed } = await this.change.run({ agentId: entry.author.id, event: work, cause: 'wrap-up' });
    // Also where it had begun: who was killed in between has set no timer.
    if (agent.state === 'wrap-up' && agent.until != null) await this.timer.schedule(agent._id, agent.until);
    return changed ? agent._id : null;
  }

  private async isResolution(entry: StoredEntry): Promise<boolean> {
    if (entry.author.kind !== 'agent') return false;
    if (entry.type === 'event') return entry.event === 'status.changed' && entry.to === 'resolved';
    if (entry.type !== 'message' || entry.patch.status !== 'resolved') return false;
    if (entry.releases === undefined) return true;
    // A reply that went out at its time was nobody's work just then.
    const held = await this.tickets.stored(entry.releases);
    return held?.type === 'held' && held.kind === 'undo';
  }
}
