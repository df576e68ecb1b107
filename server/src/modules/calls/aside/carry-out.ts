import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../../platform/clock/clock.ts';
import { HubError } from '../../../platform/errors/hub-error.ts';
import type { Log } from '../../../platform/log/log.ts';
import { CLOCK, LOG } from '../../../platform/tokens.ts';
import { KeepCall } from '../../tickets/index.ts';
import type { Call } from '../call.schema.ts';
import { Calls } from '../calls.ts';
import { ControlCall } from '../control-call.ts';
import { heldLeg } from './held-leg.ts';
import { dueOf, isOpen, othersIn, takeCourse, withoutLegs } from './take-course.ts';

export const RING_SECONDS = 30;
/** What can't be put down for so long is not there any more. */
const PUT_DOWN_MS = 30_000;

/** What a call owes the provider and its ticket: who is rung, taken off hold, put down. Each is asked again until it was done. */
@Injectable()
export class CarryOut {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(ControlCall) private readonly control: ControlCall,
    @Inject(KeepCall) private readonly keep: KeepCall,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** The call as it is then. `waits`: something could not be done now. */
  async run(call: Call): Promise<{ call: Call; waits: boolean }> {
    let now = call;
    let waits = false;
    for (const step of [this.ring, this.resume, this.putDown, this.hand, this.endLonely])
      try {
        now = await step.call(this, now);
      } catch (error) {
        this.log.warn('What a call needs of its provider waits', { callId: call._id, error });
        waits = true;
      }
    return { call: now, waits };
  }

  /** Claimed first: nobody's phone rings twice. Who is killed in between leaves it to the time that they have. */
  private async ring(call: Call): Promise<Call> {
    const { aside } = call;
    if (!isOpen(aside) || aside.taken || aside.number === null) return call;
    const { id, number } = aside;
    const { before, call: claimed } = await this.calls.change(call._id, (now) =>
      isOpen(now.aside) && now.aside.id === id && !now.aside.taken
        ? { ...now, aside: { ...now.aside, taken: true } }
        : now,
    );
    if (before === claimed) return claimed;
    const invite = { action: 'invite', room: call._id, who: { number }, role: 'number' } as const;
    try {
      const receipt = await this.control.run(claimed, { ...invite, timeoutSeconds: RING_SECONDS }, { commandId: id });
      return await this.rung(call._id, id, receipt.externalId);
    } catch (error) {
      this.log.warn('A number could not be asked into a call', { callId: call._id, error });
      const at = this.clock.now();
      const isTheirs = (now: Call) => now.aside?.id === id;
      return (await this.calls.change(call._id, (now) => (isTheirs(now) ? takeCourse(now, 'failed', at) : now))).call;
    }
  }

  /** Taken back while it was being dialled: it rings for nobody. */
  private async rung(callId: string, id: string, leg: string): Promise<Call> {
    const at = this.clock.now();
    const { call } = await this.calls.change(callId, (now) => {
      if (now.aside?.id !== id || now.aside.legId === leg) return now;
      const known: Call = { ...now, aside: { ...now.aside, legId: leg } };
      return isOpen(now.aside) ? known : withoutLegs(known, [leg], at);
    });
    return call;
  }

  private async resume(call: Call): Promise<Call> {
    if (!dueOf(call).resumes) return call;
    // As the provider has it: what it reports may be on its way yet.
    if (call.endedAt === null && call.phase !== 'queue') {
      const off = { action: 'hold', room: call._id, legExternalId: call.externalId, on: false } as const;
      await this.control.run(call, off).catch((error: unknown) => {
        if (!isRefused(error)) throw error;
      });
    }
    const at = this.clock.now();
    const { call: done } = await this.calls.change(call._id, (now) => ({
      ...heldLeg(now, now.externalId, false, at),
      due: { ...dueOf(now), resumes: false },
    }));
    return done;
  }

  private async putDown(call: Call): Promise<Call> {
    let now = call;
    for (const { leg, since } of dueOf(call).putsDown) {
      const hangUp = this.control.run(now, { action: 'steer', step: { does: 'hang-up', say: [] } }, { leg });
      await hangUp.catch((error: unknown) => {
        if (isRefused(error)) return;
        if (+this.clock.now() - +since < PUT_DOWN_MS) throw error;
        this.log.error('Somebody could not be put down', { callId: call._id, leg, error });
      });
      const without = (each: Call) => dueOf(each).putsDown.filter((one) => one.leg !== leg);
      now = (
        await this.calls.change(call._id, (each) => ({ ...each, due: { ...dueOf(each), putsDown: without(each) } }))
      ).call;
    }
    return now;
  }

  private async hand(call: Call): Promise<Call> {
    const { hands } = dueOf(call);
    if (hands === null) return call;
    const { ticketId, _id } = call;
    if (ticketId !== null) {
      if (hands.note !== '') await this.keep.note(ticketId, { key: hands.id, text: hands.note, by: hands.by });
      if (hands.to !== null) await this.keep.hand(ticketId, { agent: hands.to }, hands.by);
    }
    const { call: done } = await this.calls.change(_id, (now) =>
      dueOf(now).hands?.id === hands.id ? { ...now, due: { ...dueOf(now), hands: null } } : now,
    );
    return done;
  }

  /** The number that had the call has hung up: nobody is left with its customer. */
  private async endLonely(call: Call): Promise<Call> {
    const isIn = call.legs.some(({ role, state }) => role === 'customer' && state === 'joined');
    const isLonely = call.phase === 'forwarded' && call.answeredAt !== null && othersIn(call).length === 0;
    if (isLonely && isIn && !isOpen(call.aside))
      await this.control.run(call, { action: 'steer', step: { does: 'hang-up', say: [] } });
    return call;
  }
}

/** Who it is about has gone already. */
const isRefused = (error: unknown): boolean => error instanceof HubError && error.code === 'conflict';
