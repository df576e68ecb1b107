import { busiestOf, heatStep, weekdayNames, type MetricHeat } from '@switchboard/contract';

/** Background and text: mail programs know no variables. */
const shades = [
  '#f3f4f6;color:#374151',
  '#dbe7fb;color:#1f2937',
  '#b3cdf7;color:#1f2937',
  '#7faaf0;color:#111827',
  '#1d4fb8;color:#ffffff',
];
const cell = 'padding:3px 2px;font-size:10px;text-align:center';

/** When tickets were opened, as a table shaded by how many, for a mail of 600 px; empty where there were none. */
export function heatHtml({ opened }: MetricHeat): string {
  const most = busiestOf(opened)?.count ?? 0;
  if (most === 0) return '';
  const hours = Array.from({ length: 24 }, (_, at) => `<th style="${cell};color:#666">${two(at)}</th>`).join('');
  const lines = opened.map((counts, day) => {
    const cells = counts.map(
      (count) => `<td style="${cell};background:${shades[heatStep(count, most)]}">${count || ''}</td>`,
    );
    return `<tr><th style="${cell};text-align:left">${weekdayNames[day]?.slice(0, 3)}</th>${cells.join('')}</tr>`;
  });
  return `<h3 style="font-size:14px">${TITLE}</h3><div style="overflow-x:auto"><table style="border-spacing:1px;margin:12px 0"><tr><th></th>${hours}</tr>${lines.join('')}</table></div>`;
}

/** A line per weekday in which there were any: how many, and its busiest hour. */
export function heatText({ opened }: MetricHeat): string {
  const lines = opened.flatMap((counts, day) => {
    const busiest = busiestOf([counts]);
    if (busiest === null) return [];
    const all = counts.reduce((sum, count) => sum + count, 0);
    return [`${weekdayNames[day]}: ${all}, most at ${two(busiest.hour)}:00 (${busiest.count})`];
  });
  return lines.length === 0 ? '' : [TITLE, ...lines].join('\n');
}

const TITLE = 'When tickets are opened';
const two = (hour: number): string => String(hour).padStart(2, '0');
