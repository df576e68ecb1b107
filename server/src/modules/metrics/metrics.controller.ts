import { Controller, Inject, Res } from '@nestjs/common';
import type { Api, Call } from '@switchboard/contract';
import type { Caller, HubReply } from '../../platform/http/hub-request.ts';
import { Asked, CalledBy, Operation } from '../../platform/http/operation.ts';
import { CheckMetrics } from './check-metrics.ts';
import { figuresCsv } from './csv/figures-csv.ts';
import { heatCsv } from './csv/heat-csv.ts';
import { WriteRowsCsv } from './csv/write-rows-csv.ts';
import { ListRows } from './figures/list-rows.ts';
import { MeasureTicket } from './figures/measure-ticket.ts';
import { ReadMetrics, requireStretch } from './figures/read-metrics.ts';

@Controller()
export class MetricsController {
  constructor(
    @Inject(ReadMetrics) private readonly metrics: ReadMetrics,
    @Inject(ListRows) private readonly rows: ListRows,
    @Inject(WriteRowsCsv) private readonly rowsCsv: WriteRowsCsv,
    @Inject(MeasureTicket) private readonly ticket: MeasureTicket,
    @Inject(CheckMetrics) private readonly checks: CheckMetrics,
  ) {}

  @Operation('metrics.read')
  read(@Asked('metrics.read') { query }: Call<Api['metrics.read']>) {
    return this.metrics.run(query);
  }

  @Operation('metrics.csv')
  async csv(@Asked('metrics.csv') { query }: Call<Api['metrics.csv']>, @Res() reply: HubReply): Promise<void> {
    const csv = figuresCsv(await this.metrics.run(query), query);
    await asFile(reply, 'figures').send(csv);
  }

  @Operation('metrics.rowsCsv')
  async allRows(
    @Asked('metrics.rowsCsv') { query }: Call<Api['metrics.rowsCsv']>,
    @Res() reply: HubReply,
  ): Promise<void> {
    const csv = await this.rowsCsv.run(query);
    await asFile(reply, query.metric).send(csv);
  }

  @Operation('metrics.heat')
  heat(@Asked('metrics.heat') { query }: Call<Api['metrics.heat']>) {
    return this.metrics.heat(query);
  }

  @Operation('metrics.heatCsv')
  async heatTable(
    @Asked('metrics.heatCsv') { query }: Call<Api['metrics.heatCsv']>,
    @Res() reply: HubReply,
  ): Promise<void> {
    const csv = heatCsv(await this.metrics.heat(query));
    await asFile(reply, 'opened').send(csv);
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

  @Operation('tickets.metrics')
  ofTicket(@CalledBy() caller: Caller, @Asked('tickets.metrics') { params }: Call<Api['tickets.metrics']>) {
    return this.ticket.run(caller, params['id']);
  }
}

const asFile = (reply: HubReply, name: string): HubReply =>
  reply.headers({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.csv"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
