import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { CallStep, CallTurn } from '@switchboard/contract';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Log } from '../../platform/log/log.ts';
import { LOG } from '../../platform/tokens.ts';
import { Channels } from '../channels/index.ts';
import { BeginCall } from './begin-call.ts';
import { LIVE_PHASES } from './call-states.ts';
import type { Call } from './call.schema.ts';
import { Calls } from './calls.ts';
import { stepOf } from './menu/decide-step.ts';
import { ReadAround } from './menu/read-around.ts';
import { take } from './menu/take-turn.ts';
import { SettleCall } from './settle-call.ts';

/** What happens next in a call that waits for an answer. */
@Injectable()
export class NextStep implements OnModuleInit {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(BeginCall) private readonly beginning: BeginCall,
    @Inject(SettleCall) private readonly settle: SettleCall,
    @Inject(ReadAround) private readonly around: ReadAround,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.channels.nextStepWith((accountId, turn) => this.run(accountId, turn));
  }

  async run(accountId: string, turn: CallTurn): Promise<CallStep> {
    if (turn.at.what === 'agent') return this.ofAgent(accountId, turn.callExternalId, turn.at);
    const begun = await this.beginning.of(accountId, turn);
    const around = await this.around.of(begun);
    const { before, call } = await this.calls.change(begun._id, (now) => take(now, turn.at, around));
    const placed = before === call && call.ticketId !== null ? call : await this.follow(call);
    return stepOf(placed, turn.at, placed === begun ? around : await this.around.of(placed));
  }

  /** The caller is answered all the same: what is left is done by the sweep. */
  private async follow(call: Call): Promise<Call> {
    try {
      return await this.settle.run(call);
    } catch (error) {
      this.log.warn('What follows from a call waits', { callId: call._id, error });
      return call;
    }
  }

  /** Who may join, and how, was settled before: what the browser asks for is only looked up. */
  private async ofAgent(
    accountId: string,
    legId: string,
    { agentId, ticketId, role }: Extract<CallTurn['at'], { what: 'agent' }>,
  ): Promise<CallStep> {
    const call = await this.calls.ofTicket(ticketId, LIVE_PHASES);
    const isTheirs = role === 'agent' && call?.agent?.id === agentId;
    const isGuest = call?.guests.some((guest) => guest.agentId === agentId && guest.role === role) ?? false;
    if (call === null || call.channelAccountId !== accountId || !(isTheirs || isGuest))
      throw new HubError('forbidden', 'This agent has no part in a call of this ticket');
    this.log.info('An agent joins a call', { callId: call._id, agentId, role, legId });
    const coached = call.legs.find((leg) => leg.agentId === call.agent?.id && leg.state === 'joined');
    return {
      ...{ does: 'join', room: call._id, role, endsRoom: false, record: call.records, say: [] },
      ...(call.externalId !== call._id && { callExternalId: call.externalId }),
      customer: call.customer.externalId,
      ...(role === 'coach' && coached !== undefined && { coaches: coached.id }),
    };
  }
}
