import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.ts';
import { CLOCK } from '../../platform/tokens.ts';
import { Agents } from '../agents/index.ts';
import { Queues } from '../queues/index.ts';
import { ReadTicket, type TicketEvent } from '../tickets/index.ts';
import type { Call } from './call.schema.ts';
import { Calls } from './calls.ts';
import { KeepPromise } from './callbacks/keep-promise.ts';
import { HandOver } from './controlling/hand-over.ts';
import { StartCall } from './controlling/start-call.ts';
import { JOIN_MS } from './following/apply-change.ts';
import { noted } from './following/noted.ts';
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
    @Inject(Queues) private readonly queues: Queues,
    @Inject(HandOver) private readonly over: HandOver,
    @Inject(KeepPromise) private readonly promise: KeepPromise,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ ticketId, then, leftAssigneeId }: TicketEvent): Promise<void> {
    if (leftAssigneeId !== undefined) await this.follow(ticketId, leftAssigneeId);
    if (then?.ticket.assigneeId === null) return;
    const waiting = await this.calls.waitingIn(ticketId);
    // Who is on the line goes before what was promised.
    const found = waiting.find(({ phase }) => phase === 'queue') ?? waiting[0];
    if (found === undefined) return;
    const agentId = then?.ticket.assigneeId ?? (await this.tickets.placeOf(ticketId))?.assigneeId ?? null;
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
            ...{ phase: 'connecting', agent: who, joinBy: new Date(+at + JOIN_MS), handsBack: null },
            ...noted(now, { at, what: 'assigned', who: agent.name }),
          },
    );
    if (before === call) return;
    for (const each of waiting)
      if (each.phase === 'callback') await this.settle.run(await this.promise.settleUp(each._id));
    await this.settle.run(call);
  }

  /**
   * A ticket that is given away while its agent talks takes the call along. To somebody whose console is closed it doesn't: they are
   * to do something later, and the call stays with who has it.
   */
  private async follow(ticketId: string, leftId: string): Promise<void> {
    const call = await this.calls.ofTicket(ticketId, ['connecting', 'talking']);
    if (call?.agent?.id !== leftId) return;
    // As it is now: the event may be of long ago.
    const ticket = await this.tickets.placeOf(ticketId);
    if (ticket === null || ticket.assigneeId === leftId) return;
    const { assigneeId, queueId } = ticket;
    if (assigneeId === null) {
      const queue = await this.queues.byId(queueId);
      await this.over.run(call, leftId, { agent: null, queueId, name: queue?.name ?? 'the queue' });
      return;
    }
    const next = await this.agents.byId(assigneeId);
    if (next !== null && (await this.agents.connected()).has(next._id))
      await this.over.run(call, leftId, { agent: { id: next._id, name: next.name }, name: next.name });
  }

  /** The promise stands until they are reached; who is killed in between begins the call once more, under the same id. */
  private async callBack(promised: Call, agent: { id: string; name: string }): Promise<void> {
    const { _id, callbackId, channelAccountId, customer, ticketId } = promised;
    if (callbackId === null) return;
    await this.promise.begin(promised);
    await this.starting.begin({ _id: callbackId, channelAccountId, party: customer, ticketId, agent, promisedBy: _id });
  }
}
