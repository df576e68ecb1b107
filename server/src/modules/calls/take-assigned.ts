import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Agents } from '../agents/index.ts';
import { ReadTicket, type TicketEvent } from '../tickets/index.ts';
import type { Call } from './call.schema.ts';
import { Calls } from './calls.ts';
import { StartCall } from './controlling/start-call.ts';
import { JOIN_MS, noted } from './following/apply-change.ts';
import { SettleCall } from './settle-call.ts';

/** Whoever has the ticket has its call: a caller who waits is theirs to answer, one who was promised a call is called. */
@Injectable()
export class TakeAssigned {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(SettleCall) private readonly settle: SettleCall,
    @Inject(StartCall) private readonly starting: StartCall,
    @Inject(ReadTicket) private readonly tickets: ReadTicket,
    @Inject(Agents) private readonly agents: Agents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ ticketId, then }: TicketEvent): Promise<void> {
    if (then?.ticket.assigneeId === null) return;
    const waiting = await this.calls.waitingIn(ticketId);
    // Who is on the line goes before what was promised.
    const found = waiting.find(({ phase }) => phase === 'queue') ?? waiting[0];
    if (found === undefined) return;
    const agentId = then?.ticket.assigneeId ?? (await this.tickets.assigneeOf(ticketId));
    const agent = agentId === null ? null : await this.agents.byId(agentId);
    if (agent === null) return;
    const who = { id: agent._id, name: agent.name };
    if (found.phase === 'callback') return this.callBack(found, who);
    const at = this.clock.now();
    const { before, call } = await this.calls.change(found._id, (now) =>
      now.phase !== 'queue'
        ? now
        : {
            ...now,
            ...{ phase: 'connecting', agent: who, joinBy: new Date(+at + JOIN_MS), handsBack: false },
            ...noted(now, { at, what: 'assigned', who: agent.name }),
          },
    );
    if (before === call) return;
    for (const each of waiting) if (each.phase === 'callback') await this.keepPromise(each);
    await this.settle.run(call);
  }

  /** The new call first: who is killed in between begins it once more, under the same id. */
  private async callBack(promised: Call, agent: { id: string; name: string }): Promise<void> {
    const { callbackId, channelAccountId, customer, ticketId } = promised;
    if (callbackId === null) return;
    await this.starting.begin({ _id: callbackId, channelAccountId, party: customer, ticketId, agent });
    await this.keepPromise(promised);
  }

  private async keepPromise({ _id }: Call): Promise<void> {
    const { call } = await this.calls.change(_id, (now) =>
      now.phase === 'callback' ? { ...now, phase: 'over' } : now,
    );
    await this.settle.run(call);
  }
}
