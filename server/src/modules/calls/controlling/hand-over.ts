import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { withoutOthers } from '../aside/take-course.ts';
import type { Call } from '../call.schema.ts';
import { Calls } from '../calls.ts';
import { ControlCall } from '../control-call.ts';
import { JOIN_MS } from '../following/apply-change.ts';
import { noted } from '../following/noted.ts';
import { outOfRoom } from '../following/out-of-room.ts';
import { ReadAround } from '../menu/read-around.ts';
import type { Target } from '../aside/targets.ts';
import { SettleCall } from '../settle-call.ts';

/** Gives a call that goes on to somebody else: who had it leaves, and the customer hears music until the next is there. */
@Injectable()
export class HandOver {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(ControlCall) private readonly control: ControlCall,
    @Inject(ReadAround) private readonly around: ReadAround,
    @Inject(SettleCall) private readonly settle: SettleCall,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Answers the call as it is then; null: who is to give it has it no more. `first` comes before the provider is told. */
  async run(call: Call, fromId: string, target: Target, first?: (given: Call) => Promise<void>): Promise<Call | null> {
    const at = this.clock.now();
    const { before, call: given } = await this.calls.change(call._id, (now) =>
      isGiven(now, fromId) ? handed(now, target, at) : now,
    );
    if (before === given) return null;
    // Before the provider: what it refuses leaves all in the room, and who has the ticket meets them there.
    await first?.(given);
    if (before.legs.some(({ role, state }) => role === 'customer' && state === 'joined'))
      await this.control.run(given, { action: 'steer', step: await this.around.stepOf(given) });
    for (const { id: legExternalId, agentId, state } of before.legs)
      if (agentId === fromId && state === 'joined')
        await this.control.run(given, { action: 'remove', room: call._id, legExternalId });
    return this.settle.run(given);
  }
}

/** A call of ours that nobody has answered yet is made by who asked for it. */
const isGiven = ({ phase, agent, direction }: Call, fromId: string): boolean =>
  agent?.id === fromId && (phase === 'talking' || (phase === 'connecting' && direction === 'inbound'));

/** The customer's leg leaves the room with it, and comes back into it for the next. */
function handed(call: Call, { agent, queueId, name }: Target, at: Date): Call {
  return {
    ...outOfRoom(withoutOthers(call, at), at),
    ...(agent === null
      ? { phase: 'queue', queueId: queueId ?? call.queueId, agent: null, queuedAt: call.queuedAt ?? at, joinBy: null }
      : { phase: 'connecting', agent, joinBy: new Date(+at + JOIN_MS) }),
    ...noted(call, { at, what: 'transferred', who: name }),
  };
}
