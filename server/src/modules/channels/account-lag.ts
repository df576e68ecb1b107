import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { ChannelAccountView } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock, NewId } from '../../platform/clock/clock.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, LOG, NEW_ID } from '../../platform/tokens.ts';
import { HOLDS_MS, type AccountWait } from './account-lag.schema.ts';

export type Lag = ChannelAccountView['health']['lag'];
export type OldestPending = (accountIds: readonly string[]) => Promise<Map<string, Date>>;

const LOOK_MS = 2_000;
/** What waits less is on its way. */
const NOTABLE_MS = 1_000;

/**
 * How far an account is behind. What came in is worked on lane by lane in its order, so the message in work is the oldest of its
 * lane: how long the oldest waits is how long that one has. It costs nothing while all is well.
 */
@Injectable()
export class AccountLag implements BeforeApplicationShutdown {
  private oldestPending: OldestPending = () => Promise.resolve(new Map());
  private readonly inWork = new Set<{ accountId: string; since: number }>();
  private longest = new Map<string, number>();
  private readonly process: string;
  private readonly timer: NodeJS.Timeout;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    @Inject('accountwaits') private readonly waits: Model<AccountWait>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(NEW_ID) newId: NewId,
    @Inject(LOG) private readonly log: Log,
  ) {
    this.process = newId();
    this.timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  /** Who stores messages says, once, which is the oldest that is still to be sent. */
  pendingFrom(oldest: OldestPending): void {
    this.oldestPending = oldest;
  }

  /** `since`: when it was handed to the bus. */
  async working<T>(accountId: string, since: Date, work: () => Promise<T>): Promise<T> {
    const one = { accountId, since: since.getTime() };
    this.inWork.add(one);
    this.note(one);
    try {
      return await work();
    } finally {
      this.inWork.delete(one);
    }
  }

  async of(accountIds: readonly string[]): Promise<Map<string, Lag>> {
    const now = this.clock.now().getTime();
    const told = { accountId: { $in: [...accountIds] }, at: { $gt: new Date(now - HOLDS_MS) } };
    const [waits, pending] = await Promise.all([
      this.waits.find(told).lean<AccountWait[]>(),
      this.oldestPending(accountIds),
    ]);
    const lags = new Map(accountIds.map((id) => [id, { inMs: 0, outMs: ageOf(pending.get(id), now) }]));
    for (const { accountId, ms } of waits) {
      const lag = lags.get(accountId);
      if (lag !== undefined) lag.inMs = Math.max(lag.inMs, ms);
    }
    return lags;
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
  }

  private note({ accountId, since }: { accountId: string; since: number }): void {
    const ms = this.clock.now().getTime() - since;
    if (ms >= NOTABLE_MS && ms > (this.longest.get(accountId) ?? 0)) this.longest.set(accountId, ms);
  }

  private look(): void {
    for (const one of this.inWork) this.note(one);
    if (this.longest.size === 0) return;
    const longest = [...this.longest];
    this.longest = new Map();
    this.writing = this.writing
      .then(() => this.write(longest))
      .catch((error: unknown) => this.log.warn('How far accounts are behind could not be stored', { error }));
  }

  private async write(longest: readonly (readonly [accountId: string, ms: number])[]): Promise<void> {
    const at = this.clock.now();
    await this.waits.bulkWrite(
      longest.map(([accountId, ms]) => ({
        updateOne: {
          filter: { _id: `${this.process}:${accountId}` },
          update: { $set: { accountId, ms, at } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }
}

const ageOf = (since: Date | undefined, now: number): number =>
  since === undefined ? 0 : Math.max(0, now - since.getTime());
