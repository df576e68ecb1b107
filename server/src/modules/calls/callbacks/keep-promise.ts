import { Inject, Injectable } from '@nestjs/common';
import type { Clock, NewId } from '../../../platform/clock/clock.ts';
import { CLOCK, NEW_ID } from '../../../platform/tokens.ts';
import type { Call } from '../call.schema.ts';
import { Calls } from '../calls.ts';
import { Menus } from '../menu/menus.ts';
import { renewed } from './renewed.ts';

/** A call that was promised: what becomes of it once it was tried. */
@Injectable()
export class KeepPromise {
  constructor(
    @Inject(Calls) private readonly calls: Calls,
    @Inject(Menus) private readonly menus: Menus,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) private readonly newId: NewId,
  ) {}

  /** Answers the promise if this changed it. */
  async afterTry(tried: Call): Promise<Call | null> {
    if (tried.promisedBy === null || tried.endedAt === null) return null;
    const menu = await this.menus.of(tried.channelAccountId);
    const { most, everyMinutes, inHours } = menu.callbackTries;
    const now = this.clock.now();
    const due = new Date(+now + everyMinutes * 60_000);
    // Hours that never come would keep it for ever.
    const at = inHours ? ((await this.menus.opensAt(menu, due)) ?? due) : due;
    const next = { now, at, most, newId: this.newId() };
    const { before, call } = await this.calls.change(tried.promisedBy, (promise) => renewed(promise, tried, next));
    return before === call ? null : call;
  }

  /** Nobody is to be called any more: they are on the line, or their ticket is done. */
  async settleUp(promiseId: string): Promise<Call> {
    const { call } = await this.calls.change(promiseId, (now) =>
      now.phase === 'callback' ? { ...now, phase: 'over', tryAt: null } : now,
    );
    return call;
  }

  /** Somebody makes it now; its ticket is theirs to keep. */
  async begin(promise: Call): Promise<void> {
    await this.calls.change(promise._id, (now) =>
      now.phase === 'callback' && (now.handsBack !== null || now.tryAt !== null)
        ? { ...now, handsBack: null, tryAt: null }
        : now,
    );
  }
}
