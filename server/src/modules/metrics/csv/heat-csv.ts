import { weekdayNames, type MetricHeat } from '@switchboard/contract';
import { BOM, csvLine } from './csv.ts';

/** Tickets opened by weekday and hour, as a table. */
export function heatCsv({ opened }: MetricHeat): string {
  const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`);
  return [
    BOM,
    csvLine(['Weekday', ...hours]),
    ...opened.map((counts, day) => csvLine([weekdayNames[day] ?? '', ...counts])),
  ].join('');
}
