import { Module } from '@nestjs/common';
import { collection } from '../../platform/database/collection.ts';
import { AuditModule } from '../audit/index.ts';
import { OrganisationController } from './organisation.controller.ts';
import { organisationSchema } from './organisation.schema.ts';
import { Organisations } from './organisations.ts';
import { UpdateOrganisation } from './update-organisation.ts';

@Module({
  imports: [AuditModule],
  controllers: [OrganisationController],
  providers: [collection('organisation', organisationSchema), Organisations, UpdateOrganisation],
  exports: [Organisations, UpdateOrganisation],
})
export class OrganisationModule {}
