import { Controller, Inject } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import { Asked, Operation } from '../../platform/http/operation.ts';
import { CheckMetrics } from './check-metrics.ts';
import { ListRows } from './figures/list-rows.ts';
import { ReadMetrics, requireStretch } from './figures/read-metrics.ts';

@Controller()
export class MetricsController {
  constructor(
    @Inject(ReadMetrics) private readonly metrics: ReadMetrics,
    @Inject(ListRows) private readonly rows: ListRows,
    @Inject(CheckMetrics) private readonly checks: CheckMetrics,
  ) {}

  @Operation('metrics.read')
  read(@Asked('metrics.read') { query }: Call<Api['metrics.read']>) {
    return this.metrics.run(query);
  }

  @Operation('metrics.heat')
  heat(@Asked('metrics.heat') { query }: Call<Api['metrics.heat']>) {
    return this.metrics.heat(query);
  }

  @Operation('metrics.rows')
  list(@Asked('metrics.rows') { query }: Call<Api['metrics.rows']>) {
    return this.rows.run(query);
  }

  @Operation('metrics.check')
  check(@Asked('metrics.check') { body }: Call<Api['metrics.check']>) {
    return this.checks.run(requireStretch(body.from, body.to));
  }

  @Operation('metrics.checks')
  listChecks(@Asked('metrics.checks') { query }: Call<Api['metrics.checks']>) {
    return this.checks.list(query);
  }
}
