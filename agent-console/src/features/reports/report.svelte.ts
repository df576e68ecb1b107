import {
  figuresAsked,
  reportPath,
  type Figure,
  type MetricHeat,
  type MetricId,
  type MetricInterval,
  type MetricReport,
  type ReportQuery,
} from '@switchboard/contract';
import { call } from '../../api/client.ts';
import { Resource } from '../../app/resource.svelte.ts';
import { router } from '../../app/router.svelte.ts';
import { queryOf } from './query.ts';

export type FiguresAsked = ReturnType<typeof figuresAsked>['figures'];

/** One report as it was read: nothing of it is of another question. */
export interface Shown {
  readonly query: ReportQuery;
  /** What the metrics were asked. */
  readonly asked: FiguresAsked;
  readonly interval: MetricInterval;
  readonly compared: MetricReport;
  readonly overTime: MetricReport;
  readonly heat: MetricHeat;
}

/** A figure that is looked into. */
export interface Opened {
  readonly id: MetricId;
  readonly figure: Figure | undefined;
  /** Of which row of the comparison, or hour of the week; null: of all. */
  readonly of: string | null;
  /** Beyond the report's own. */
  readonly filter: object;
}

/** The report that the address bar asks for. */
export class Report {
  readonly shown = new Resource<Shown>(() => this.#read());
  readonly #query = $derived(queryOf(router.place?.query ?? new URLSearchParams()));
  #opened = $state.raw<Opened | null>(null);

  get query(): ReportQuery {
    return this.#query;
  }
  get opened(): Opened | null {
    return this.#opened;
  }
  open(figure: Opened | null): void {
    this.#opened = figure;
  }
  change(change: Partial<ReportQuery>): void {
    this.ask({ ...this.query, ...change });
  }
  ask(query: ReportQuery): void {
    router.go(reportPath(query), { replace: true });
  }

  async #read(): Promise<Shown> {
    const { query } = this;
    const { timeZone } = await call('organisation.read');
    const { figures: asked, interval } = figuresAsked(query, new Date(), timeZone);
    const { previousFrom: _, previousTo: __, clock: ___, ...opened } = asked;
    const [compared, overTime, heat] = await Promise.all([
      call('metrics.read', { query: { ...asked, by: query.by } }),
      call('metrics.read', { query: { ...asked, interval } }),
      call('metrics.heat', { query: opened }),
    ]);
    return { query, asked, interval, compared, overTime, heat };
  }
}
