import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Model } from 'mongoose';
import { pageBy } from '../../platform/database/page.ts';
import { Asked, Operation } from '../../platform/http/operation.ts';
import { auditItem, type AuditRecord } from './audit.schema.ts';

@Controller()
export class AuditController {
  constructor(@Inject('audit') private readonly records: Model<AuditRecord>) {}

  @Operation('audit.list')
  async list(@Asked('audit.list') { query }: Call<Api['audit.list']>) {
    const { items, next } = await pageBy(this.records, '_id', query, 'descending');
    return { items: items.map(auditItem), next };
  }
}
