import {
  MetricId,
  metrics,
  type MetricClock,
  type MetricGroup,
  type MetricHeat,
  type MetricReport,
} from '@switchboard/contract';
import { DateTime } from 'luxon';
import { changeWords, valueWords } from './figure-words.ts';
import { heatHtml, heatText } from './heat-words.ts';

export interface Written {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly fileName: string;
}
interface Told {
  readonly report: MetricReport;
  readonly heat: MetricHeat;
  readonly by: MetricGroup;
  readonly clock: MetricClock;
  readonly name: string;
  readonly organisation: string;
  readonly url: string;
}
interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What one compares rows by at a glance; the attached table has all. */
const compared: readonly MetricId[] = ['opened', 'resolved', 'firstResponse', 'resolution', 'serviceLevel', 'csat'];
const MOST_ROWS = 20;

/** The figures as a page and as plain text. */
export function writeMail({ report, heat, by, clock, name, organisation, url }: Told): Written {
  const { timeZone, from, to, previous, total, rows } = report;
  const period = `${days(from, to, timeZone)}${previous === null ? '' : `, compared with ${days(previous.from, previous.to, timeZone)}`}`;
  const figures: Table = {
    head: ['', 'Now', 'Before', 'Change'],
    rows: MetricId.options.map((id) => [
      metrics[id].title,
      `${valueWords(id, total[id]?.value)}${spread(id, report)}`,
      valueWords(id, previous?.total[id]?.value),
      changeWords(id, total[id], previous?.total[id]),
    ]),
  };
  const busiest = rows.toSorted((one, other) => (other.figures.opened?.value ?? 0) - (one.figures.opened?.value ?? 0));
  const comparison: Table = {
    head: [by.charAt(0).toUpperCase() + by.slice(1), ...compared.map((id) => metrics[id].title)],
    rows: busiest
      .slice(0, MOST_ROWS)
      .map((row) => [row.name, ...compared.map((id) => valueWords(id, row.figures[id]?.value))]),
  };
  const notes = [
    `${organisation}, ${timeZone}. Times ${clock === 'business' ? 'within opening hours' : 'all the time'}.`,
    ...(rows.length > MOST_ROWS ? [`The ${MOST_ROWS} busiest of ${rows.length}; the attached table has all.`] : []),
  ];
  const tables = rows.length === 0 ? [figures] : [figures, comparison];
  const lines = [name, period, ...tables.map(asText), heatText(heat), ...notes, `Open the report: ${url}`].filter(
    Boolean,
  );
  const link = `<p><a href="${escaped(url)}">Open the report</a></p>`;
  return {
    subject: `${name}: ${days(from, to, timeZone)}`,
    text: lines.join('\n\n'),
    html: `<div style="font:14px/20px sans-serif"><h2>${escaped(name)}</h2><p>${escaped(period)}</p>${tables
      .map(asHtml)
      .join(
        '',
      )}${heatHtml(heat)}${link}${notes.map((note) => `<p style="color:#666">${escaped(note)}</p>`).join('')}</div>`,
    fileName: `${name.replace(/[^\p{L}\p{N} _-]/gu, '').trim() || 'report'}.csv`,
  };
}

/** Of times the median stands first. */
function spread(id: MetricId, { total }: MetricReport): string {
  const { p90, n } = total[id] ?? { n: 0 };
  if (metrics[id].unit === 'count' || n === 0) return '';
  return p90 != null ? ` (9 in 10 within ${valueWords(id, p90)}, of ${n})` : ` (of ${n})`;
}

function days(from: string, to: string, zone: string): string {
  const [first, last] = [DateTime.fromISO(from, { zone }), DateTime.fromISO(to, { zone }).minus({ milliseconds: 1 })];
  const day = 'd LLL yyyy';
  return first.hasSame(last, 'day') ? first.toFormat(day) : `${first.toFormat('d LLL')} to ${last.toFormat(day)}`;
}

const asText = ({ head, rows }: Table): string =>
  rows
    .map(([first, ...others]) => {
      const told = others.flatMap((value, at) => (value === '' ? [] : [`${head[at + 1]} ${value}`]));
      return `${first}: ${told.join('; ')}`;
    })
    .join('\n');

function asHtml({ head, rows }: Table): string {
  const cell = (tag: 'td' | 'th', text: string, at: number) =>
    `<${tag} style="padding:4px 12px 4px 0;border-bottom:1px solid #ddd;text-align:${at === 0 ? 'left' : 'right'}">${escaped(text)}</${tag}>`;
  const line = (tag: 'td' | 'th', cells: readonly string[]) =>
    `<tr>${cells.map((text, at) => cell(tag, text, at)).join('')}</tr>`;
  return `<table style="border-collapse:collapse;margin:12px 0">${line('th', head)}${rows.map((row) => line('td', row)).join('')}</table>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
