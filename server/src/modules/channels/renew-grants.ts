import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ConnectorError, Grant } from '@switchboard/contract';
import type { Model } from 'mongoose';
import type { Clock } from '../../platform/clock/clock.ts';
import { eachInTurn, type Jobs } from '../../platform/jobs/index.ts';
import type { Log } from '../../platform/log/log.ts';
import type { Presence } from '../../platform/presence/index.ts';
import type { SecretBox } from '../../platform/secrets/secret-box.ts';
import { CLOCK, JOBS, LOG, PRESENCE, SECRETS } from '../../platform/tokens.ts';
import { AccountHealth } from './account-health.ts';
import type { ChannelAccount } from './channel-account.schema.ts';
import { Channels } from './channels.ts';
import { keptGrant } from './kept-grant.ts';

const EVERY_MS = 300_000;
/** Long before it ends: a provider that is away for an hour must not end it. */
const AHEAD_MS = 2 * 3_600_000;
const MOST_AT_ONCE = 100;
const WAIT_MS = 20_000;

/** Tokens that rotate are renewed before they end. */
@Injectable()
export class RenewGrants implements OnModuleInit {
  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AccountHealth) private readonly health: AccountHealth,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(PRESENCE) private readonly presence: Presence,
    @Inject(SECRETS) private readonly secrets: SecretBox,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.every('renew-grants', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    const due = await this.accounts
      .find({ 'grant.expiresAt': { $lt: this.soon(), $gt: new Date(0) } }, { _id: 1 })
      .limit(MOST_AT_ONCE)
      .lean<ChannelAccount[]>();
    await eachInTurn(
      due,
      ({ _id }) => this.presence.exclusive(`grant:${_id}`, WAIT_MS, () => this.renew(_id)),
      (error, { _id }) => this.log.error('A channel’s token could not be renewed', { channelAccountId: _id, error }),
    );
  }

  private async renew(id: string): Promise<void> {
    const open = await this.channels.open(id);
    const account = await this.accounts.findById(id).lean<ChannelAccount>();
    const { grant } = account ?? {};
    if (!grant?.expiresAt || new Date(grant.expiresAt) >= this.soon() || open?.channel.install?.refresh === undefined)
      return;
    try {
      const renewed = await open.channel.install.refresh(Grant.parse(JSON.parse(this.secrets.open(grant.sealed))));
      // Installed anew meanwhile: that one counts.
      const same = { _id: id, 'grant.sealed': grant.sealed };
      await this.accounts.updateOne(same, { $set: { grant: keptGrant(renewed, this.secrets) }, $inc: { revision: 1 } });
      await this.channels.changed(id);
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error;
      this.log.warn('A channel’s token could not be renewed', { channelAccountId: id, code: error.code, error });
      if (error.code === 'unauthorised') await this.health.pause(id, error.message);
    }
  }

  private soon(): Date {
    return new Date(this.clock.now().getTime() + AHEAD_MS);
  }
}
