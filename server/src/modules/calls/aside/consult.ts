import { Inject, Injectable } from '@nestjs/common';
import type { AgentLineView, Api, Call as AskedFor, CallView } from '@switchboard/contract';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import type { Aside, Call } from '../call.schema.ts';
import { callView, isHeld } from '../call.view.ts';
import { Calls } from '../calls.ts';
import { ControlCall } from '../control-call.ts';
import { CallAccess, requireTalking } from '../controlling/call-access.ts';
import { CallLines } from '../controlling/call-lines.ts';
import { JOIN_MS } from '../following/apply-change.ts';
import { noted } from '../following/noted.ts';
import { SettleCall } from '../settle-call.ts';
import { RING_SECONDS } from './carry-out.ts';
import { heldLeg } from './held-leg.ts';
import { isOpen, takeCourse, withoutLegs } from './take-course.ts';
import { type Asked, Targets } from './targets.ts';

/** So long a colleague is asked; a number somewhat longer than it rings, for its report to come. */
const ASK_MS = RING_SECONDS * 1000;
const REPORT_MS = 15_000;
type Ask = Pick<Aside, 'id' | 'state' | 'note' | 'by'>;

/** Asks somebody into a call, who then has it, joins it, or goes again (courses.ts). */
@Injectable()
export class Consult {
  constructor(
    @Inject(CallAccess) private readonly access: CallAccess,
    @Inject(Targets) private readonly targets: Targets,
    @Inject(Calls) private readonly calls: Calls,
    @Inject(ControlCall) private readonly control: ControlCall,
    @Inject(CallLines) private readonly lines: CallLines,
    @Inject(SettleCall) private readonly settle: SettleCall,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  async begin(caller: Caller, id: string | undefined, wanted: AskedFor<Api['calls.consult']>['body']) {
    const call = await this.access.own(caller, id);
    if (call.aside?.id === wanted.clientId) return callView(call);
    this.requireFree(call);
    const asked = await this.targets.toAsk(caller, call, wanted.to);
    const by = { id: caller.id, name: caller.name };
    return this.ask(call, { id: wanted.clientId, state: 'asked', note: wanted.note, by }, asked);
  }

  /** To a number at once: who had the call leaves it, and if nobody answers there its customer goes on to the next. */
  async send(caller: Caller, call: Call, number: string, note: string): Promise<CallView> {
    this.requireFree(call);
    const asked = await this.targets.number(caller, call, number);
    return this.ask(call, { id: this.newId(), state: 'sent', note, by: { id: caller.id, name: caller.name } }, asked);
  }

  /** Of several who are asked the first has it. */
  async join(caller: Caller, id: string | undefined): Promise<AgentLineView> {
    const call = await this.access.asked(caller, id);
    if (await this.calls.isBusy(caller.id, call._id))
      throw new HubError('conflict', 'You are in a call already: end it first');
    const until = new Date(+this.clock.now() + JOIN_MS);
    const { call: now } = await this.settle.change(call._id, (each) => {
      const { aside } = each;
      if (!isOpen(aside) || aside.state !== 'asked' || aside.taken || !aside.agentIds.includes(caller.id)) return each;
      const guests = each.guests.filter(({ agentId }) => agentId !== caller.id);
      return {
        ...each,
        aside: { ...aside, taken: true, agentIds: [caller.id], name: caller.name, until },
        guests: [...guests, { agentId: caller.id, role: 'agent' }],
      };
    });
    await this.access.asked(caller, now._id);
    return this.lines.to(now, caller);
  }

  async decline(caller: Caller, id: string | undefined): Promise<void> {
    const call = await this.access.asked(caller, id);
    const at = this.clock.now();
    await this.settle.change(call._id, (now) => {
      const { aside } = now;
      if (!isOpen(aside) || aside.state !== 'asked' || !aside.agentIds.includes(caller.id)) return now;
      const agentIds = aside.agentIds.filter((each) => each !== caller.id);
      return agentIds.length === 0 ? takeCourse(now, 'declined', at) : { ...now, aside: { ...aside, agentIds } };
    });
  }

  async end(caller: Caller, id: string | undefined, how: 'cancel' | 'merge' | 'complete'): Promise<CallView> {
    const call = await this.access.own(caller, id);
    const at = this.clock.now();
    const { isChanged, call: now } = await this.settle.change(call._id, (each) =>
      each.agent?.id === caller.id ? takeCourse(each, how, at) : each,
    );
    if (isChanged) return callView(now);
    throw new HubError(
      'conflict',
      isOpen(now.aside)
        ? `${now.aside.name} has not answered yet: wait, or take it back`
        : 'Nobody is asked into this call any more',
    );
  }

  private requireFree(call: Call): void {
    requireTalking(call);
    if (isOpen(call.aside))
      throw new HubError('conflict', `You are asking ${call.aside.name}: end that before you ask somebody else`);
  }

  /** The provider first: what it refuses has not happened. */
  private async ask(call: Call, ask: Ask, asked: Asked): Promise<CallView> {
    if (!isHeld(call))
      await this.control.run(call, { action: 'hold', room: call._id, legExternalId: call.externalId, on: true });
    const at = this.clock.now();
    const { isChanged, call: now } = await this.settle.change(call._id, (each) => {
      if (each.phase !== 'talking' || isOpen(each.aside) || each.agent?.id !== ask.by.id) return each;
      return begun(heldLeg(each, each.externalId, true, at), ask, asked, at);
    });
    if (!isChanged) throw new HubError('conflict', 'The call has changed meanwhile: look at it, and try again');
    return callView(now);
  }
}

function begun(call: Call, ask: Ask, { kind, name, agentIds, number }: Asked, at: Date): Call {
  const until = new Date(+at + ASK_MS + (number === null ? 0 : REPORT_MS));
  const aside: Aside = {
    ...{ ...ask, kind, name, number, until, agentIds: [...agentIds], askedIds: agentIds },
    ...{ end: null, legId: null, taken: false },
  };
  const asked = { ...call, aside, ...noted(call, { at, what: 'asked', who: name }) };
  if (ask.state !== 'sent') return asked;
  const own = call.legs.filter(({ agentId, state }) => agentId === ask.by.id && state === 'joined');
  const left = withoutLegs(
    asked,
    own.map(({ id }) => id),
    at,
  );
  return { ...left, phase: 'forwarded' };
}
