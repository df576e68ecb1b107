import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AgentsModule } from '../agents/index.ts';
import { AuditModule } from '../audit/index.ts';
import { ChannelsModule } from '../channels/index.ts';
import { MetricsModule } from '../metrics/index.ts';
import { OrganisationModule } from '../organisation/index.ts';
import { MailReport } from './mail/mail-report.ts';
import { SendDueReports } from './mail/send-due-reports.ts';
import { ReportsController } from './reports.controller.ts';
import { savedReportSchema } from './saved-report.schema.ts';
import { SavedReports } from './saved-reports.ts';
import { WriteReport } from './write-report.ts';

/** Reports that are kept, and mailed in time. What they show, the metrics know. */
@Module({
  imports: [AgentsModule, AuditModule, ChannelsModule, MetricsModule, OrganisationModule],
  controllers: [ReportsController],
  providers: [collection('savedreports', savedReportSchema), MailReport, SavedReports, SendDueReports, WriteReport],
})
export class ReportsModule {}
