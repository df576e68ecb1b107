import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { ChannelAccountView, Passing } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { Soon } from '../../platform/clock/soon.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, LOG } from '../../platform/tokens.ts';
import { SLOT_MS, type AccountTally, type TrafficKind } from './account-traffic.schema.ts';
import { isNews, refusedSince } from './arrivals.ts';
import type { ChannelAccount, Refusal } from './channel-account.schema.ts';
import { arrivalView } from './channel-account.view.ts';

const WRITE_MS = 2_000;
/** It is partly what a stranger has sent. */
const LONGEST_REASON = 300;
const HOUR_MS = 3_600_000;
type LastHour = ChannelAccountView['health']['lastHour'];
interface Noted {
  readonly counts: Partial<Record<TrafficKind, number>>;
  readonly last: Partial<
    Pick<ChannelAccount['health'], 'lastInboundAt' | 'lastOutboundAt' | 'connectedAt' | 'refused'>
  >;
}
const lastOf = { received: 'lastInboundAt', sent: 'lastOutboundAt' } as const;

/**
 * What comes and goes over each account. Gathered and added to the store every other second: a message costs nothing for it, a
 * process that is killed takes at most that much with it, and no count is ever too high. What somebody who sets an account up waits
 * for (the first message, a refusal) is stored at once, and told.
 */
@Injectable()
export class AccountTraffic implements BeforeApplicationShutdown {
  private noted = new Map<string, Noted>();
  /** Accounts that something has come in over since this process began. */
  private readonly heard = new Set<string>();
  private hurriedAt = -Infinity;
  private readonly soon: Soon;

  constructor(
    @Inject('accounttallies') private readonly tallies: Model<AccountTally>,
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) log: Log,
  ) {
    const failed = (error: unknown) => log.warn('What came and went was not stored and is not counted', { error });
    this.soon = new Soon(WRITE_MS, () => this.write(), failed);
  }

  note(accountId: string, kind: TrafficKind): void {
    const { counts, last } = this.of(accountId);
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (kind !== 'failed') last[lastOf[kind]] = this.clock.now();
    if (kind !== 'received' || this.heard.has(accountId)) return this.soon.due();
    this.heard.add(accountId);
    this.soon.now();
  }

  /** A request that could not prove whose it is. */
  refused(accountId: string, refusal: Omit<Refusal, 'at' | 'since'>): void {
    const reason = refusal.reason.slice(0, LONGEST_REASON);
    this.of(accountId).last.refused = { ...refusal, at: this.clock.now(), reason };
    this.hurry();
  }

  /** The hub has got to the provider from which it fetches. */
  connected(accountId: string): void {
    this.of(accountId).last.connectedAt = this.clock.now();
    this.soon.now();
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

  private of(accountId: string): Noted {
    let noted = this.noted.get(accountId);
    if (noted === undefined) this.noted.set(accountId, (noted = { counts: {}, last: {} }));
    return noted;
  }

  /** At once, unless that was done just now: whoever knocks all the time causes no more writes than others. */
  private hurry(): void {
    const now = performance.now();
    if (now - this.hurriedAt < WRITE_MS) return this.soon.due();
    this.hurriedAt = now;
    this.soon.now();
  }

  private async write(): Promise<void> {
    const noted = [...this.noted];
    this.noted = new Map();
    const counted = noted.filter(([, { counts }]) => Object.keys(counts).length > 0);
    await Promise.all([this.count(counted), ...noted.map(([accountId, { last }]) => this.keep(accountId, last))]);
  }

  private async count(noted: readonly (readonly [accountId: string, noted: Noted])[]): Promise<void> {
    if (noted.length === 0) return;
    const now = this.clock.now().getTime();
    const from = new Date(now - (now % SLOT_MS));
    await this.tallies.bulkWrite(
      noted.map(([accountId, { counts }]) => ({
        updateOne: {
          filter: { _id: `${from.getTime()}:${accountId}` },
          update: { $inc: counts, $setOnInsert: { accountId, from } },
          upsert: true,
        },
      })),
      { ordered: false },
    );
  }

  private async keep(accountId: string, last: Noted['last']): Promise<void> {
    const changes = Object.entries(last);
    if (changes.length === 0) return;
    const $set = Object.fromEntries(changes.map(([name, value]) => [`health.${name}`, value]));
    const before = await this.accounts
      .findOneAndUpdate({ _id: accountId }, { $set }, { projection: { health: 1 } })
      .lean<Pick<ChannelAccount, 'health'>>();
    if (before === null) return;
    if (last.refused)
      await this.accounts.updateOne(
        { _id: accountId, 'health.refused.at': last.refused.at },
        { $set: { 'health.refused.since': refusedSince(before.health, last.refused.at) } },
      );
    if (!isNews(before.health, last)) return;
    const arrival = arrivalView({ ...before.health, ...last });
    this.sockets.emit('/console', 'agents', 'passing', {
      type: 'account-arrival',
      accountId,
      arrival,
    } satisfies Passing);
  }
}
