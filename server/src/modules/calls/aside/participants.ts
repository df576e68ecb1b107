import { Inject, Injectable } from '@nestjs/common';
import type { CallView } from '@switchboard/contract';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import type { Call, Leg } from '../call.schema.ts';
import { callView } from '../call.view.ts';
import { ControlCall } from '../control-call.ts';
import { CallAccess, requireTalking } from '../controlling/call-access.ts';
import { SettleCall } from '../settle-call.ts';
import { heldLeg } from './held-leg.ts';
import { given, isOpen, othersIn, takeCourse, withoutLegs } from './take-course.ts';

/** Several people in one call: what its agent does with each of the others. */
@Injectable()
export class Participants {
  constructor(
    @Inject(CallAccess) private readonly access: CallAccess,
    @Inject(ControlCall) private readonly control: ControlCall,
    @Inject(SettleCall) private readonly settle: SettleCall,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async hold(caller: Caller, id: string | undefined, legId: string, on: boolean): Promise<CallView> {
    const call = await this.access.own(caller, id);
    requireTalking(call);
    const leg = this.other(call, legId, true);
    if (leg.held === on) return callView(call);
    await this.control.run(call, { action: 'hold', room: call._id, legExternalId: leg.id, on });
    const at = this.clock.now();
    return this.changed(call, (now) => heldLeg(now, leg.id, on, at));
  }

  async remove(caller: Caller, id: string | undefined, legId: string): Promise<CallView> {
    const call = await this.access.own(caller, id);
    const leg = this.other(call, legId, false);
    const at = this.clock.now();
    return this.changed(call, (now) =>
      isOpen(now.aside) && now.aside.legId === leg.id ? takeCourse(now, 'cancel', at) : withoutPart(now, leg, at),
    );
  }

  /** Only to who is on the line; in the middle of asking, to who is asked. */
  async leave(caller: Caller, id: string | undefined, legId: string): Promise<CallView> {
    const call = await this.access.own(caller, id);
    requireTalking(call);
    const leg = this.other(call, legId, true);
    const at = this.clock.now();
    const by = { id: caller.id, name: caller.name };
    return this.changed(call, (now) => {
      if (now.agent?.id !== caller.id) return now;
      if (isOpen(now.aside)) return now.aside.legId === leg.id ? takeCourse(now, 'complete', at) : now;
      const to = now.legs.find((each) => each.id === leg.id && each.state === 'joined');
      return given(now, to, at, { id: leg.id, note: '', by });
    });
  }

  private other(call: Call, legId: string, joined: boolean): Leg {
    const leg = othersIn(call).find(({ id, state }) => id === legId && (!joined || state === 'joined'));
    if (leg === undefined) throw new HubError('conflict', 'They are not in the call any more');
    return leg;
  }

  private async changed(call: Call, plan: (now: Call) => Call): Promise<CallView> {
    return callView((await this.settle.change(call._id, plan)).call);
  }
}

/** Who is put down must not dial in again. */
const withoutPart = (call: Call, leg: Leg, at: Date): Call => ({
  ...withoutLegs(call, [leg.id], at),
  guests: call.guests.filter(({ agentId }) => agentId !== leg.agentId),
});
