import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AuditController } from './audit.controller.ts';
import { auditSchema } from './audit.schema.ts';
import { Audit } from './audit.ts';

@Module({
  controllers: [AuditController],
  providers: [collection('audit', auditSchema), Audit],
  exports: [Audit],
})
export class AuditModule {}
