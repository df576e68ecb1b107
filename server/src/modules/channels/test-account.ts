import { Inject, Injectable } from '@nestjs/common';
import type { Health } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { HubError } from '../../platform/errors/hub-error.ts';
import { AccountHealth } from './account-health.ts';
import type { ChannelAccount } from './channel-account.schema.ts';
import { Channels } from './channels.ts';
import { checkWithin } from './check-accounts.ts';

/** Asks an account's provider, now, over a channel of its own: whatever runs with the settings goes on undisturbed. */
@Injectable()
export class TestAccount {
  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AccountHealth) private readonly health: AccountHealth,
  ) {}

  /** The account as it was before: a good check ends its pause. */
  async run(id: string): Promise<{ account: ChannelAccount; health: Health }> {
    const account = await this.accounts.findById(id).lean<ChannelAccount>();
    if (account === null) throw new HubError('not-found', 'There is no such channel account');
    const { channel } = this.channels.openWith(account);
    const health = await checkWithin(channel);
    await channel.close?.();
    await this.health.checked(account._id, health);
    return { account, health };
  }
}
