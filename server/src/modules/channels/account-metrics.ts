import { Inject, Injectable } from '@nestjs/common';
import type { Model } from 'mongoose';
import { Gauge } from 'prom-client';
import { Metrics } from '../../platform/http/metrics.ts';
import { AccountLag } from './account-lag.ts';
import type { ChannelAccount } from './channel-account.schema.ts';

/** The accounts' well-being for Prometheus, of the whole centre whichever process is asked. */
@Injectable()
export class AccountMetrics {
  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(AccountLag) private readonly lag: AccountLag,
    @Inject(Metrics) { registry }: Metrics,
  ) {
    const registers = [registry];
    const labelNames = ['account', 'channel'] as const;
    const ofEach = (name: string, help: string, read: (account: ChannelAccount) => number | undefined) => {
      const all = () => this.all();
      new Gauge({ name, help, labelNames, registers, async collect() {
        this.reset();
        for (const account of await all()) {
          const value = read(account);
          if (value !== undefined) this.set({ account: account._id, channel: account.channel }, value);
        }
      } }); // prettier-ignore
    };
    ofEach('switchboard_channel_up', '1: works, 0: fails or is paused', ({ state, health }) =>
      state === 'active' && health.ok ? 1 : 0,
    );
    ofEach(
      'switchboard_channel_unfetched',
      'What waited at the provider at the last check',
      ({ health }) => health.behind?.count,
    );
    ofEach('switchboard_channel_expires_timestamp_seconds', 'When its certificate or token ends', ({ health }) =>
      health.expires ? health.expires.at.getTime() / 1000 : undefined,
    );
    const lags = () => this.lags();
    new Gauge({
      name: 'switchboard_channel_lag_seconds',
      help: 'How long the oldest waits: in, for its ticket; out, to be sent',
      labelNames: [...labelNames, 'direction'],
      registers,
      async collect() {
        this.reset();
        for (const { account, channel, inMs, outMs } of await lags()) {
          this.set({ account, channel, direction: 'in' }, inMs / 1000);
          this.set({ account, channel, direction: 'out' }, outMs / 1000);
        }
      },
    });
  }

  private async lags() {
    const accounts = await this.all();
    const lags = await this.lag.of(accounts.map(({ _id }) => _id));
    return accounts.map(({ _id, channel }) => ({ account: _id, channel, ...(lags.get(_id) ?? { inMs: 0, outMs: 0 }) }));
  }

  /** What an administrator has turned off is no reason to wake anybody. */
  private all(): Promise<ChannelAccount[]> {
    return this.accounts
      .find({ state: { $in: ['active', 'paused'] } }, { channel: 1, state: 1, health: 1 })
      .lean<ChannelAccount[]>()
      .exec();
  }
}
