import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { ChannelAccountView } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { Soon } from '../../platform/clock/soon.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, LOG } from '../../platform/tokens.ts';
import { SLOT_MS, type AccountTally, type TrafficKind } from './account-traffic.schema.ts';
import type { ChannelAccount } from './channel-account.schema.ts';

const WRITE_MS = 2_000;
const HOUR_MS = 3_600_000;
type LastHour = ChannelAccountView['health']['lastHour'];
interface Noted {
  readonly counts: Partial<Record<TrafficKind, number>>;
  readonly last: Record<string, Date>;
}
const lastOf = { received: 'health.lastInboundAt', sent: 'health.lastOutboundAt' } as const;

/**
 * What comes and goes over each account. Gathered and added to the store every other second: a message costs nothing for it, a
 * process that is killed takes at most that much with it, and no count is ever too high.
 */
@Injectable()
export class AccountTraffic implements BeforeApplicationShutdown {
  private noted = new Map<string, Noted>();
  private readonly soon: Soon;

  constructor(
    @Inject('accounttallies') private readonly tallies: Model<AccountTally>,
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) log: Log,
  ) {
    const failed = (error: unknown) => log.warn('What came and went was not stored and is not counted', { error });
    this.soon = new Soon(WRITE_MS, () => this.write(), failed);
  }

  note(accountId: string, kind: TrafficKind): void {
    let noted = this.noted.get(accountId);
    if (noted === undefined) this.noted.set(accountId, (noted = { counts: {}, last: {} }));
    noted.counts[kind] = (noted.counts[kind] ?? 0) + 1;
    if (kind !== 'failed') noted.last[lastOf[kind]] = this.clock.now();
    this.soon.due();
  }

  async lastHour(accountIds: readonly string[]): Promise<Map<string, LastHour>> {
    const since = new Date(this.clock.now().getTime() - HOUR_MS);
    const found = await this.tallies
      .find({ accountId: { $in: [...accountIds] }, from: { $gt: since } })
      .lean<AccountTally[]>();
    const sums = new Map(accountIds.map((id) => [id, { received: 0, sent: 0, failed: 0 }]));
    for (const { accountId, received = 0, sent = 0, failed = 0 } of found) {
      const sum = sums.get(accountId);
      if (sum === undefined) continue;
      sum.received += received;
      sum.sent += sent;
      sum.failed += failed;
    }
    return sums;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.soon.close();
  }

  private async write(): Promise<void> {
    const noted = [...this.noted];
    this.noted = new Map();
    const now = this.clock.now().getTime();
    const from = new Date(now - (now % SLOT_MS));
    await Promise.all([
      this.tallies.bulkWrite(
        noted.map(([accountId, { counts }]) => ({
          updateOne: {
            filter: { _id: `${from.getTime()}:${accountId}` },
            update: { $inc: counts, $setOnInsert: { accountId, from } },
            upsert: true,
          },
        })),
        { ordered: false },
      ),
      ...noted.map(([_id, { last }]) => this.accounts.updateOne({ _id }, { $set: last })),
    ]);
  }
}
