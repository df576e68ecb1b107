import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Bus, Delivery } from '../../platform/bus/index.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Presence } from '../../platform/presence/index.ts';
import { BUS, LOG, PRESENCE } from '../../platform/tokens.ts';
import type { OpenChannel } from '../channels/index.ts';
import type { Outbound } from '../tickets/index.ts';

/** A command on its way to a provider. */
export type Command = Pick<Delivery, 'topic' | 'key' | 'id' | 'attempt'> & { readonly payload: Outbound };
type Paced = Pick<OpenChannel, 'connector'> & { readonly account: { readonly _id: string } };

interface Line {
  readonly open: Paced;
  /** By message, and by what is to be changed of it: what is queued a second time stands in line once. */
  readonly waiting: Map<string, Command>;
}

const keyOf = ({ payload: { messageId, amendmentId = '' } }: Command): string => `${messageId} ${amendmentId}`;

const WINDOW_MS = 1000;
const PAUSED = 'pace:paused';
const LOOK_MS = 250;
const LONGEST_PAUSE_MS = 300_000;

/**
 * Keeps to what a provider takes: its rate from the capabilities, and its own "slow down", for an account over all
 * processes. Who has to wait leaves the bus's lane, which other accounts use as well, and stands in its account's line in the
 * order of coming; at its turn it goes over the bus again. Only its id is held, and the message is still pending in the
 * database: of a process that dies with a line, it is queued anew from there.
 */
@Injectable()
export class Pace implements BeforeApplicationShutdown {
  private readonly lines = new Map<string, Line>();
  private readonly stopping = new AbortController();

  constructor(
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** False: it comes again at its turn; there is nothing more to do now. */
  async admits(open: Paced, command: Command): Promise<boolean> {
    if (command.payload.turnOf !== undefined && command.attempt === 1) return true;
    const line = this.lines.get(open.account._id);
    if (line === undefined && (await this.waitFor(open)) === 0) return true;
    this.queue(open, command);
    return false;
  }

  /** The provider said how long to stay away from this account. */
  async pause(accountId: string, ms: number): Promise<void> {
    await this.presence.enter(PAUSED, accountId, 'provider', Math.min(ms, LONGEST_PAUSE_MS));
  }

  /** What stands in line goes back to the bus, for the processes that remain. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    const left = [...this.lines.values()].flatMap(({ waiting }) => [...waiting.values()]);
    for (const { attempt: _, ...command } of left) await this.bus.publish(command);
  }

  private queue(open: Paced, command: Command): void {
    const accountId = open.account._id;
    const line = this.lines.get(accountId);
    const waiting = line?.waiting ?? new Map<string, Command>();
    if (!waiting.has(keyOf(command))) waiting.set(keyOf(command), command);
    if (line !== undefined) return;
    const fresh = { open, waiting };
    this.lines.set(accountId, fresh);
    void this.moveOn(accountId, fresh);
  }

  private async moveOn(accountId: string, { open, waiting }: Line): Promise<void> {
    const { signal } = this.stopping;
    while (waiting.size > 0 && !signal.aborted) {
      try {
        const waitMs = await this.waitFor(open);
        if (waitMs > 0) await delay(waitMs, undefined, { signal });
        else await this.callFirst(waiting);
      } catch (error) {
        if (signal.aborted) return;
        this.log.warn('A channel account’s line stands still', { channelAccountId: accountId, error });
        await delay(WINDOW_MS);
      }
    }
    this.lines.delete(accountId);
  }

  /** It leaves the line when it is on the bus: what comes in between stands behind it. */
  private async callFirst(waiting: Map<string, Command>): Promise<void> {
    const [first] = waiting.values();
    if (first === undefined) return;
    const { attempt, payload, ...command } = first;
    const turnOf = (payload.turnOf ?? 0) + attempt - 1;
    await this.bus.publish({ ...command, payload: { ...payload, turnOf } satisfies Outbound });
    waiting.delete(keyOf(first));
  }

  /** 0: go, the turn is taken. */
  private async waitFor({ account, connector }: Paced): Promise<number> {
    if ((await this.presence.members(PAUSED)).includes(account._id)) return LOOK_MS;
    const rate = connector.capabilities.rateLimit?.perSecond;
    if (rate === undefined) return 0;
    const windowMs = rate < 1 ? Math.ceil(WINDOW_MS / rate) : WINDOW_MS;
    const turn = await this.presence.take(`pace:${account._id}`, Math.max(1, Math.floor(rate)), windowMs);
    return turn.ok ? 0 : Math.max(1, turn.retryAfterMs);
  }
}
