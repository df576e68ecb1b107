import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.ts';
import { HubError } from '../../platform/errors/hub-error.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, LOG } from '../../platform/tokens.ts';
import { given, othersIn, queued, takeCourse } from './aside/take-course.ts';
import type { Call } from './call.schema.ts';
import { Calls } from './calls.ts';
import { ControlCall } from './control-call.ts';
import { ended } from './following/apply-change.ts';
import { outOfRoom } from './following/out-of-room.ts';
import { ReadAround } from './menu/read-around.ts';

const RING_SECONDS = 40;

/** Brings the customer to who has the call: the parked leg is steered in, a call of ours is dialled once its agent is there. */
@Injectable()
export class ConnectCall {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(ControlCall) private readonly control: ControlCall,
    @Inject(ReadAround) private readonly around: ReadAround,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async run(call: Call): Promise<void> {
    const waitedFor = call.legs.find(
      ({ role, state, agentId }) => role === 'agent' && state === 'joined' && agentId === call.agent?.id,
    );
    const isIn = call.legs.some(({ role, state }) => role === 'customer' && state === 'joined');
    if (call.phase !== 'connecting' || waitedFor === undefined || isIn || call.calledFor === waitedFor.id) return;
    const isThere = (now: Call) =>
      now.phase === 'connecting' && now.legs.some(({ id, state }) => id === waitedFor.id && state === 'joined');
    const { before, call: claimed } = await this.calls.change(call._id, (now) =>
      now.calledFor === waitedFor.id || !isThere(now) ? now : { ...now, calledFor: waitedFor.id, joinBy: null },
    );
    if (before !== claimed) await this.bring(claimed);
  }

  /**
   * Nobody is left in the room with who waits again; answers the call as it is then. The provider first: a hub that is killed in
   * between does it once more.
   */
  async backToMusic(call: Call): Promise<Call> {
    const isIn = call.legs.some(({ role, state }) => role === 'customer' && state === 'joined');
    if (call.phase !== 'queue' || !isIn) return call;
    await this.control.run(call, { action: 'steer', step: await this.around.stepOf(call) });
    const at = this.clock.now();
    return (await this.calls.change(call._id, (now) => (now.phase === 'queue' ? outOfRoom(now, at) : now))).call;
  }

  private async bring(call: Call): Promise<void> {
    const isNew = call.direction === 'outbound' && call.externalId === call._id;
    const step = await this.around.stepOf(call);
    try {
      if (!isNew) {
        await this.control.run(call, { action: 'steer', step });
        return;
      }
      const dial = { action: 'dial', line: call.line, step, timeoutSeconds: RING_SECONDS } as const;
      const { externalId } = await this.control.run(call, dial, { commandId: call._id });
      const { call: named } = await this.calls.change(call._id, (now) =>
        now.externalId === now._id ? { ...now, externalId } : now,
      );
      // Hung up while it was being dialled.
      if (named.state === 'canceled') await this.hangUp(named);
    } catch (error) {
      this.log.warn('A customer could not be brought to the agent', { callId: call._id, error });
      // A parked caller asks again by himself; a call that was not made is over.
      if (isNew) await this.fail(call, error);
    }
  }

  private async fail(call: Call, error: unknown): Promise<void> {
    const reason = error instanceof HubError ? error.message : 'The call could not be made.';
    await this.calls.change(call._id, (now) =>
      now.endedAt === null ? { ...ended(now, this.clock.now()), state: 'failed', reason } : now,
    );
  }

  /** Who has the call can't take it. Answers what became of it; null: it is as it was, for `isSo` holds no more. */
  async giveUp(callId: string, isSo: (now: Call) => boolean): Promise<Call | null> {
    const at = this.clock.now();
    const { before, call } = await this.calls.change(callId, (now) => (isSo(now) ? givenUp(now, at) : now));
    if (before === call) return null;
    // Nobody comes any more to who was called by us, and is on the line or about to be.
    if (call.endedAt !== null && call.externalId !== call._id)
      await this.hangUp(call).catch((error: unknown) =>
        this.log.warn('A customer could not be hung up on', { callId, error }),
      );
    return call;
  }

  private async hangUp(call: Call): Promise<void> {
    await this.control.run(call, { action: 'steer', step: { does: 'hang-up', say: [] } });
  }
}

/** Whoever is there with the customer has it then; else back to the queue, with its age. A call of ours is over. */
function givenUp(call: Call, at: Date): Call {
  const lost = takeCourse(call, 'lost', at);
  if (lost !== call && lost.phase !== 'queue') return lost;
  const others = lost === call ? othersIn(call).filter(({ state }) => state === 'joined') : [];
  const heir = others.find(({ role }) => role === 'agent') ?? others[0];
  const by = call.agent ?? { id: '', name: '' };
  if (heir !== undefined) return given(call, heir, at, { id: heir.id, note: '', by });
  if (call.direction === 'outbound') return { ...ended(call, at), state: 'canceled' };
  return lost === call ? queued(call, at, call.agent?.name) : lost;
}
