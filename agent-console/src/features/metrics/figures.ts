import {
  metrics,
  type Api,
  type Ask,
  type Figure,
  type MetricClock,
  type MetricId,
  type Trend,
} from '@switchboard/contract';
import { duration, formatNumber, formatPercent, t } from '../../text/index.ts';

type RowsAsked = NonNullable<Ask<Api['metrics.rows']>['query']>;
/** A figure that is looked into, as it was when it was opened. */
export interface OpenedFigure {
  readonly id: MetricId;
  readonly figure: Figure | undefined;
  /** Whose; null: of all. */
  readonly of: string | null;
  /** Which moments are behind it. */
  readonly asked: Omit<RowsAsked, 'metric' | 'cursor' | 'limit'>;
  readonly clock: MetricClock;
  readonly asOf: string;
  /** Of which time, in words. */
  readonly period: string;
}

/** A value of a metric as one reads it: “12”, “87%”, “3h 12m”; a dash where there is none. */
export function figureText(id: MetricId, value: number | null | undefined): string {
  if (value === null || value === undefined) return t('metrics.none');
  const { unit } = metrics[id];
  if (unit === 'ms') return duration(value);
  if (unit === 'percent') return formatPercent(value / 100);
  return formatNumber(value);
}

/** “12% more”, “2m shorter”, “3 points less”, “no change”. */
export function trendText(id: MetricId, { way, size }: Trend): string {
  if (way === 'same') return t('metrics.trend.same');
  const words =
    size.in === 'points'
      ? t('metrics.points', { count: size.value })
      : size.in === 'share'
        ? formatPercent(size.value)
        : figureText(id, size.value);
  return t(`metrics.trend.${metrics[id].unit === 'ms' ? 'time' : 'plain'}.${way}`, { size: words });
}
