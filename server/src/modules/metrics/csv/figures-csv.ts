import { MetricId, metrics, valueIsMean, type Figures, type MetricReport } from '@switchboard/contract';
import { DateTime } from 'luxon';
import { BOM, csvLine, type CsvCell } from './csv.ts';

/** `by`: what the rows are; of intervals each has its own time. */
export interface Shown {
  readonly by?: string | undefined;
  readonly interval?: string | undefined;
}

/** A report as a table: the total, what it is compared with, each row; times of durations in seconds, of days in the organisation's zone. */
export function figuresCsv(report: MetricReport, { by, interval }: Shown): string {
  const { timeZone, total, previous, rows } = report;
  const time = (at: string) => DateTime.fromISO(at, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm');
  const line = (name: string, from: string, to: string, figures: Figures) =>
    csvLine([name, time(from), time(to), ...columns.map(({ cell }) => cell(figures))]);
  return [
    BOM,
    csvLine([heading(by, interval), 'From', 'To', ...columns.map(({ title }) => title)]),
    line('All', report.from, report.to, total),
    ...(previous === null ? [] : [line('Before', previous.from, previous.to, previous.total)]),
    ...rows.map(({ key, name, figures }, at) =>
      interval === undefined
        ? line(name, report.from, report.to, figures)
        : line(time(key), key, rows[at + 1]?.key ?? report.to, figures),
    ),
  ].join('');
}

function heading(by: string | undefined, interval: string | undefined): string {
  const what = interval ?? by ?? 'report';
  return what.charAt(0).toUpperCase() + what.slice(1);
}

interface Column {
  readonly title: string;
  cell(figures: Figures): CsvCell;
}

const seconds = (ms: number | null | undefined): CsvCell => (ms == null ? null : Math.round(ms) / 1000);

const columns: readonly Column[] = MetricId.options.flatMap((id): Column[] => {
  const { title, unit } = metrics[id];
  const n = { title: `${title}, n`, cell: (figures: Figures) => figures[id]?.n ?? 0 };
  if (unit === 'count') return [{ title, cell: (figures) => figures[id]?.value ?? 0 }];
  if (unit === 'percent') return [{ title: `${title}, %`, cell: (figures) => figures[id]?.value ?? null }, n];
  return [
    ...(valueIsMean.has(id)
      ? []
      : [{ title: `${title}, median s`, cell: (figures: Figures) => seconds(figures[id]?.value) }]),
    { title: `${title}, p90 s`, cell: (figures) => seconds(figures[id]?.p90) },
    {
      title: `${title}, mean s`,
      cell: (figures) => seconds(valueIsMean.has(id) ? figures[id]?.value : figures[id]?.mean),
    },
    n,
  ];
});
