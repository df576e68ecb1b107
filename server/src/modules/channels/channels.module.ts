import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AuditModule } from '../audit/index.ts';
import { MediaModule } from '../media/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { AccountHealth } from './account-health.ts';
import { accountWaitSchema } from './account-lag.schema.ts';
import { AccountLag } from './account-lag.ts';
import { AccountMetrics } from './account-metrics.ts';
import { accountTallySchema } from './account-traffic.schema.ts';
import { AccountTraffic } from './account-traffic.ts';
import { AccountViews } from './account-views.ts';
import { channelAccountSchema } from './channel-account.schema.ts';
import { ChannelContext } from './channel-context.ts';
import { ChannelsController } from './channels.controller.ts';
import { Channels } from './channels.ts';
import { CheckAccounts } from './check-accounts.ts';
import { ConnectAccount } from './connect-account.ts';
import { InstallAccount } from './install-account.ts';
import { ListTemplates } from './list-templates.ts';
import { RenewGrants } from './renew-grants.ts';
import { ResumeAccount } from './resume-account.ts';
import { RunListeners } from './run-listeners.ts';
import { SaveAccount } from './save-account.ts';
import { TestAccount } from './test-account.ts';

@Module({
  imports: [AuditModule, MediaModule, QueuesModule],
  controllers: [ChannelsController],
  providers: [
    collection('channelaccounts', channelAccountSchema),
    collection('accounttallies', accountTallySchema),
    collection('accountwaits', accountWaitSchema),
    AccountHealth,
    AccountLag,
    AccountMetrics,
    AccountTraffic,
    AccountViews,
    ChannelContext,
    Channels,
    CheckAccounts,
    ConnectAccount,
    InstallAccount,
    ListTemplates,
    RenewGrants,
    ResumeAccount,
    RunListeners,
    SaveAccount,
    TestAccount,
  ],
  exports: [AccountHealth, AccountLag, AccountTraffic, Channels, 'channelaccounts'],
})
export class ChannelsModule {}
