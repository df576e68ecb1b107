import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Presence } from '../../platform/presence/index.ts';
import { PRESENCE } from '../../platform/tokens.ts';
import type { OpenChannel } from '../channels/index.ts';

const WINDOW_MS = 1000;

/** Keeps to what a provider takes: its rate from the capabilities, and its own "slow down". Shared by all processes. */
@Injectable()
export class Pace {
  constructor(@Inject(PRESENCE) private readonly presence: Presence) {}

  async wait({ account, connector }: OpenChannel): Promise<void> {
    const rate = connector.capabilities.rateLimit?.perSecond;
    if (rate === undefined) return;
    const window = rate < 1 ? Math.ceil(WINDOW_MS / rate) : WINDOW_MS;
    for (;;) {
      const turn = await this.presence.take(`pace:${account._id}`, Math.max(1, Math.floor(rate)), window);
      if (turn.ok) return;
      await delay(turn.retryAfterMs);
    }
  }

  /** The provider said how long to stay away: that long the lane waits. */
  async pause(ms: number): Promise<void> {
    await delay(Math.min(ms, 30_000));
  }
}
