import { Inject, Injectable } from '@nestjs/common';
import type { Health } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { Sockets } from '../../platform/live/sockets.ts';
import type { Log } from '../../platform/log/log.ts';
import { CLOCK, LOG } from '../../platform/tokens.ts';
import { AccountLag, type Lag } from './account-lag.ts';
import type { ChannelAccount } from './channel-account.schema.ts';
import { Channels } from './channels.ts';

export interface Standing extends Pick<ChannelAccount, 'name' | 'state' | 'health'> {
  readonly id: string;
  readonly lag: Lag;
}

/** What is known of each account's well-being; changes show in the console at once. */
@Injectable()
export class AccountHealth {
  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(AccountLag) private readonly lag: AccountLag,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Sockets) private readonly sockets: Sockets,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async checked(accountId: string, health: Health): Promise<void> {
    const message = health.ok ? null : health.message;
    const now = this.clock.now();
    const before = await this.accounts
      .findOneAndUpdate(
        { _id: accountId },
        {
          $set: {
            'health.ok': health.ok,
            'health.message': message,
            'health.checkedAt': now,
            'health.behind': behindOf(health, now),
            // What is known of it stays true while the provider can't be asked.
            ...(health.ok && { 'health.expires': health.expires ?? null, 'health.lacks': health.lacks ?? [] }),
          },
        },
      )
      .lean<ChannelAccount>();
    if (before === null) return;
    if (health.ok && before.state === 'paused') await this.setState(accountId, 'paused', 'active');
    if (differs(before.health, health, message)) this.tell();
  }

  /** The provider refuses us: stop trying, say so, go on when a check succeeds. */
  async pause(accountId: string, message: string): Promise<void> {
    await this.checked(accountId, { ok: false, code: 'unauthorised', message });
    await this.setState(accountId, 'active', 'paused');
    this.log.error('A channel account was paused', { channelAccountId: accountId, reason: message });
  }

  /** How all those do that are meant to work. */
  async standings(): Promise<Standing[]> {
    const accounts = await this.accounts
      .find({ state: { $in: ['active', 'paused'] } }, { name: 1, state: 1, health: 1 })
      .lean<ChannelAccount[]>();
    const lags = await this.lag.of(accounts.map(({ _id }) => _id));
    return accounts.map(({ _id: id, name, state, health }) => ({
      ...{ id, name, state, health },
      lag: lags.get(id) ?? { inMs: 0, outMs: 0 },
    }));
  }

  private async setState(accountId: string, from: ChannelAccount['state'], to: ChannelAccount['state']): Promise<void> {
    const { modifiedCount } = await this.accounts.updateOne(
      { _id: accountId, state: from },
      { $set: { state: to }, $inc: { revision: 1 } },
    );
    if (modifiedCount === 0) return;
    await this.channels.changed(accountId);
    this.tell();
  }

  private tell(): void {
    this.sockets.emit('/console', 'agents', 'passing', { type: 'stale', what: 'channel-accounts' });
  }
}

function differs(before: ChannelAccount['health'], health: Health, message: string | null): boolean {
  const lacks = (health.ok ? health.lacks : before.lacks) ?? [];
  return before.ok !== health.ok || before.message !== message || String(before.lacks ?? []) !== String(lacks);
}

/** As of the check: how long it has waited since, nobody has looked. */
function behindOf(health: Health, now: Date): ChannelAccount['health']['behind'] {
  if (!health.ok || health.behind === undefined) return null;
  const { count, since } = health.behind;
  return { count, oldestMs: since === undefined ? null : Math.max(0, now.getTime() - since.getTime()) };
}
