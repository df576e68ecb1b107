import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentsModule } from '../agents/index.ts';
import { AuditModule } from '../audit/index.ts';
import { ChannelsModule } from '../channels/index.ts';
import { FloorModule } from '../floor/index.ts';
import { QuarantineModule } from '../quarantine/index.ts';
import { QueuesModule } from '../queues/index.ts';
import { alarmSchema } from './alarm.schema.ts';
import { AlarmsController } from './alarms.controller.ts';
import { Alarms } from './alarms.ts';
import { MailAlarms } from './mail-alarms.ts';
import { alertRuleSchema } from './rules/alert-rule.schema.ts';
import { AlertRules } from './rules/alert-rules.ts';
import { RulesController } from './rules/rules.controller.ts';
import { SendWebhook } from './rules/send-webhook.ts';
import { WatchRules } from './rules/watch-rules.ts';
import { WriteRule } from './rules/write-rule.ts';
import { WatchCentre } from './watch-centre.ts';

@Module({
  imports: [AgentsModule, AuditModule, ChannelsModule, FloorModule, QuarantineModule, QueuesModule],
  controllers: [AlarmsController, RulesController],
  providers: [
    collection('alarms', alarmSchema),
    collection('alertrules', alertRuleSchema),
    Alarms,
    AlertRules,
    MailAlarms,
    SendWebhook,
    WatchCentre,
    WatchRules,
    WriteRule,
  ],
})
export class AlarmsModule {}
