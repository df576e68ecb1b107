import { Inject, Injectable } from '@nestjs/common';
import type { CallView } from '@switchboard/contract';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK } from '../../../platform/tokens.ts';
import { heldLeg } from '../aside/held-leg.ts';
import { isOpen } from '../aside/take-course.ts';
import type { Call } from '../call.schema.ts';
import { callView, isHeld } from '../call.view.ts';
import { ControlCall } from '../control-call.ts';
import { ended } from '../following/apply-change.ts';
import { noted } from '../following/noted.ts';
import { SettleCall } from '../settle-call.ts';
import { CallAccess, requireTalking } from './call-access.ts';

/** What an agent does with the call that they have. The provider first: what it refuses has not happened. */
@Injectable()
export class HandleCall {
  constructor(
    @Inject(CallAccess) private readonly access: CallAccess,
    @Inject(ControlCall) private readonly control: ControlCall,
    @Inject(SettleCall) private readonly settle: SettleCall,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async hold(caller: Caller, id: string | undefined, on: boolean): Promise<CallView> {
    const call = await this.access.own(caller, id);
    requireTalking(call);
    if (!on && isOpen(call.aside)) throw new HubError('conflict', `You are with ${call.aside.name}: end that first`);
    if (isHeld(call) === on) return callView(call);
    await this.control.run(call, { action: 'hold', room: call._id, legExternalId: call.externalId, on });
    const at = this.clock.now();
    return this.changed(call, (now) => heldLeg(now, now.externalId, on, at));
  }

  async record(caller: Caller, id: string | undefined, on: boolean): Promise<CallView> {
    const call = await this.access.own(caller, id);
    requireTalking(call);
    if (!on && !call.mayPause)
      throw new HubError('conflict', 'The recording of this number is not to be paused: see Settings › Phone menus');
    if (!call.records)
      throw new HubError('conflict', 'Calls of this number are not recorded: see Settings › Phone menus');
    const recording = on ? 'on' : 'paused';
    const transcript = call.transcribes && { transcribe: call.language };
    await this.control.run(call, { action: 'recording', room: call._id, to: recording, ...transcript });
    const what = on ? 'recording-resumed' : 'recording-paused';
    return this.changed(call, (now) =>
      now.recording === recording
        ? now
        : { ...now, recording, ...noted(now, { at: this.clock.now(), what, who: caller.name }) },
    );
  }

  async hangUp(caller: Caller, id: string | undefined): Promise<CallView> {
    const call = await this.access.own(caller, id);
    if (call.endedAt !== null) return callView(call);
    const isDialled = call.direction === 'inbound' || call.externalId !== call._id;
    if (isDialled) await this.control.run(call, { action: 'steer', step: { does: 'hang-up', say: [] } });
    return this.changed(call, (now) =>
      now.endedAt === null ? { ...ended(now, this.clock.now()), state: isDialled ? 'completed' : 'canceled' } : now,
    );
  }

  /** The agent's browser can't take it: the caller goes on to the next, from the same place. */
  async unable(caller: Caller, id: string | undefined): Promise<void> {
    const call = await this.access.own(caller, id);
    await this.settle.giveUp(call._id, (now) => now.phase === 'connecting' && now.agent?.id === caller.id);
  }

  private async changed(call: Call, plan: (now: Call) => Call): Promise<CallView> {
    return callView((await this.settle.change(call._id, plan)).call);
  }
}
