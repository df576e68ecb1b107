import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import { CLOCK, JOBS } from '../../platform/tokens.ts';
import { AccountHealth } from '../channels/index.ts';
import { Quarantine } from '../quarantine/index.ts';
import { accountTroubles } from './account-troubles.ts';
import { Alarms, type Trouble } from './alarms.ts';
import { MailAlarms } from './mail-alarms.ts';

const EVERY_MS = 15_000;
/** What is over sooner is no reason to write to anybody. */
const STANDING_MS = 60_000;

/** Looks whether all is well, so that nobody finds out by silence: one process at a time, for the whole centre. */
@Injectable()
export class WatchCentre implements OnModuleInit {
  constructor(
    @Inject(AccountHealth) private readonly accounts: AccountHealth,
    @Inject(Quarantine) private readonly quarantine: Quarantine,
    @Inject(Alarms) private readonly alarms: Alarms,
    @Inject(MailAlarms) private readonly mail: MailAlarms,
    @Inject(JOBS) private readonly jobs: Jobs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.every('watch-centre', EVERY_MS, () => this.run());
  }

  async run(): Promise<void> {
    const troubles = [...(await this.ofAccounts()), ...(await this.ofQuarantine())];
    const over = await this.alarms.become(['account', 'quarantine'], troubles);
    await this.mail.run(over);
  }

  private async ofAccounts(): Promise<Trouble[]> {
    const now = this.clock.now();
    const troubles = (await this.accounts.standings()).flatMap((standing) => accountTroubles(standing, now));
    return troubles.map((trouble) => ({ ...trouble, mailAfterMs: STANDING_MS }));
  }

  private async ofQuarantine(): Promise<Trouble[]> {
    const { count } = await this.quarantine.count();
    if (count === 0) return [];
    const words = count === 1 ? 'One message waits in quarantine' : `${count} messages wait in quarantine`;
    return [{ _id: 'quarantine', about: { kind: 'quarantine' }, words, mailAfterMs: STANDING_MS }];
  }
}
