import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '@switchboard/config';
import type { AccountWay, ChannelAccountView } from '@switchboard/contract';
import { CONFIG } from '../../platform/tokens.ts';
import { AccountLag } from './account-lag.ts';
import { AccountTraffic } from './account-traffic.ts';
import type { ChannelAccount } from './channel-account.schema.ts';
import { channelAccountView, wayOf } from './channel-account.view.ts';
import { Channels } from './channels.ts';

/** Accounts as people see them, with how they do. */
@Injectable()
export class AccountViews {
  constructor(
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AccountTraffic) private readonly traffic: AccountTraffic,
    @Inject(AccountLag) private readonly lag: AccountLag,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async of(accounts: readonly ChannelAccount[]): Promise<ChannelAccountView[]> {
    const ids = accounts.map(({ _id }) => _id);
    const [traffic, lags, ways] = await Promise.all([
      this.traffic.lastHour(ids),
      this.lag.of(ids),
      Promise.all(ids.map((id) => this.wayOf(id))),
    ]);
    return accounts.map((account, index) =>
      channelAccountView(account, this.config.PUBLIC_URL, {
        lastHour: traffic.get(account._id) ?? { received: 0, sent: 0, failed: 0 },
        lag: lags.get(account._id) ?? { inMs: 0, outMs: 0 },
        way: ways[index] ?? null,
      }),
    );
  }

  async one(account: ChannelAccount): Promise<ChannelAccountView> {
    return (await this.of([account]))[0] as ChannelAccountView;
  }

  /** Of one that is turned off, or whose settings its connector no longer takes, nobody can say. */
  private async wayOf(accountId: string): Promise<AccountWay | null> {
    const open = await this.channels.openIfFit(accountId);
    return open === null ? null : wayOf(open.channel);
  }
}
