import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentsModule } from '../agents/index.ts';
import { ChannelsModule } from '../channels/index.ts';
import { QuarantineModule } from '../quarantine/index.ts';
import { alarmSchema } from './alarm.schema.ts';
import { AlarmsController } from './alarms.controller.ts';
import { Alarms } from './alarms.ts';
import { MailAlarms } from './mail-alarms.ts';
import { WatchCentre } from './watch-centre.ts';

@Module({
  imports: [AgentsModule, ChannelsModule, QuarantineModule],
  controllers: [AlarmsController],
  providers: [collection('alarms', alarmSchema), Alarms, MailAlarms, WatchCentre],
})
export class AlarmsModule {}
