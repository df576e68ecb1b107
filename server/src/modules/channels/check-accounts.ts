import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Channel, Health } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { eachInTurn, type Jobs } from '../../platform/jobs/index.ts';
import type { Log } from '../../platform/log/log.ts';
import { JOBS, LOG } from '../../platform/tokens.ts';
import { AccountHealth } from './account-health.ts';
import type { ChannelAccount } from './channel-account.schema.ts';
import { Channels } from './channels.ts';
import { UnfitAccount } from './unfit-account.ts';

const EVERY_MS = 5 * 60_000;
const CHECK_TIMEOUT_MS = 10_000;

/** Asks every provider from time to time whether our settings are still good, so that nobody finds out by silence. */
@Injectable()
export class CheckAccounts implements OnModuleInit {
  constructor(
    @Inject('channelaccounts') private readonly accounts: Model<ChannelAccount>,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(AccountHealth) private readonly health: AccountHealth,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.every('check-channel-accounts', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    await eachInTurn(
      this.accounts.find({}, { _id: 1 }).lean<ChannelAccount>().cursor(),
      ({ _id }) => this.check(_id),
      (error, { _id }) => this.log.error('A channel account could not be checked', { channelAccountId: _id, error }),
    );
  }

  private async check(id: string): Promise<void> {
    const health = await this.healthOf(id);
    if (health !== null) await this.health.checked(id, health);
  }

  private async healthOf(id: string): Promise<Health | null> {
    try {
      const open = await this.channels.open(id);
      return open && (await checkWithin(open.channel));
    } catch (error) {
      if (error instanceof UnfitAccount) return error.health;
      throw error;
    }
  }
}

/** A check that throws or hangs is a bad one: connectors answer with Health, but providers find other ways. */
export async function checkWithin(channel: Channel): Promise<Health> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<Health>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, code: 'temporary', message: 'No answer within 10 seconds' }),
      CHECK_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([channel.check(), tooLong]);
  } catch (error) {
    return { ok: false, code: 'unknown', message: (error as Error).message };
  } finally {
    clearTimeout(timer);
  }
}
