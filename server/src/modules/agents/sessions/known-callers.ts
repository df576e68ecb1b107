import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Bus } from '../../../platform/bus/bus.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import type { Caller } from '../../../platform/http/hub-request.ts';
import { BUS, CLOCK } from '../../../platform/tokens.ts';

const TOPIC = 'callers';
/** A console asks several things at once; an announcement that is lost leaves a caller known for no longer than this. */
const KEPT_MS = 2_000;
const MOST_KEPT = 10_000;

/** Who was let in just now. Whatever ends a session or changes an agent's rights calls `forget`, and every process does. */
@Injectable()
export class KnownCallers implements OnModuleInit {
  private readonly callers = new Map<string, { caller: Caller; until: number }>();
  private forgotten = 0;

  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.bus.listen(TOPIC, () => this.clear());
  }

  async of(sessionId: string, find: () => Promise<Caller | null>): Promise<Caller | null> {
    const known = this.callers.get(sessionId);
    if (known !== undefined && this.clock.now().getTime() < known.until) return known.caller;
    const before = this.forgotten;
    const caller = await find();
    // What was read may be what somebody has changed meanwhile.
    if (caller !== null && before === this.forgotten) this.keep(sessionId, caller);
    return caller;
  }

  async forget(): Promise<void> {
    this.clear();
    await this.bus.broadcast(TOPIC, {});
  }

  private keep(sessionId: string, caller: Caller): void {
    if (this.callers.size >= MOST_KEPT) this.callers.clear();
    this.callers.set(sessionId, { caller, until: this.clock.now().getTime() + KEPT_MS });
  }

  private clear(): void {
    this.forgotten += 1;
    this.callers.clear();
  }
}
