import { metrics, trendOf, type Figure, type MetricId } from '@switchboard/contract';

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** “2d 4h”, “3h 12m”, “5m”, “42s”: two units at most, no seconds beside minutes. */
export function durationWords(ms: number): string {
  const at = units.findIndex(([, size]) => ms >= size);
  const [name, size] = units[at] ?? ['s', 1000];
  const [below, part] = units[at + 1] ?? ['s', 0];
  const rest = part >= 60_000 ? Math.floor((ms % size) / part) : 0;
  return `${Math.floor(ms / size)}${name}${rest > 0 ? ` ${rest}${below}` : ''}`;
}

export function valueWords(id: MetricId, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  const { unit } = metrics[id];
  if (unit === 'ms') return durationWords(value);
  return unit === 'percent' ? `${Math.round(value)} %` : value.toLocaleString('en');
}

/** “▲ 12 % more (better)”; empty where there is nothing to compare. */
export function changeWords(id: MetricId, now: Figure | undefined, before: Figure | undefined): string {
  const trend = trendOf(id, now, before);
  if (trend === null) return '';
  if (trend.way === 'same') return 'no change';
  const { size, way, good } = trend;
  const amount =
    size.in === 'share'
      ? `${Math.round(size.value * 100)} %`
      : size.in === 'points'
        ? `${size.value} ${size.value === 1 ? 'point' : 'points'}`
        : valueWords(id, size.value);
  const [more, less] = metrics[id].unit === 'ms' ? ['longer', 'shorter'] : ['more', 'less'];
  const judged = good === null ? '' : good ? ' (better)' : ' (worse)';
  return `${way === 'up' ? '▲' : '▼'} ${amount} ${way === 'up' ? more : less}${judged}`;
}
