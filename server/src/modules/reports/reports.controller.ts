import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { SavedReports } from './saved-reports.ts';
import { WriteReport } from './write-report.ts';

@Controller()
export class ReportsController {
  constructor(
    @Inject(SavedReports) private readonly saved: SavedReports,
    @Inject(WriteReport) private readonly write: WriteReport,
  ) {}

  @Operation('reports.list')
  list(@CalledBy() caller: Caller, @Asked('reports.list') { query }: Call<Api['reports.list']>) {
    return this.saved.page(caller, query);
  }

  @Operation('reports.create')
  create(@CalledBy() caller: Caller, @Asked('reports.create') { body }: Call<Api['reports.create']>) {
    return this.write.create(caller, body);
  }

  @Operation('reports.update')
  change(@CalledBy() caller: Caller, @Asked('reports.update') { params, body }: Call<Api['reports.update']>) {
    return this.write.change(caller, params['id'] ?? '', body);
  }

  @Operation('reports.delete')
  remove(@CalledBy() caller: Caller, @Asked('reports.delete') { params }: Call<Api['reports.delete']>) {
    return this.write.remove(caller, params['id'] ?? '');
  }
}
