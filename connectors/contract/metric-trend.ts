import { metrics, type Figure, type MetricId } from './metrics.ts';

/** How a figure moved against the one before. */
export interface Trend {
  readonly way: 'up' | 'down' | 'same';
  /** null: neither is better. */
  readonly good: boolean | null;
  /** By how much: percentage points, a part of what it was (0.2 is 20 %), or as much in its own unit. */
  readonly size: { readonly in: 'points' | 'share' | 'amount'; readonly value: number };
}

const SAME: Trend = { way: 'same', good: null, size: { in: 'amount', value: 0 } };

/** null where one of them is missing. */
export function trendOf(id: MetricId, now: Figure | undefined, before: Figure | undefined): Trend | null {
  if (now?.value == null || before?.value == null) return null;
  const { unit, better } = metrics[id];
  const by = now.value - before.value;
  const amount = Math.abs(by);
  const shown = unit === 'percent' ? Math.round(amount) : amount;
  // Of times, less than a second or half a percent is chance.
  if (shown === 0 || (unit === 'ms' && amount < Math.max(1000, before.value * 0.005))) return SAME;
  return {
    way: by > 0 ? 'up' : 'down',
    good: better === null ? null : (better === 'higher') === by > 0,
    size:
      unit === 'percent'
        ? { in: 'points', value: shown }
        : // From nothing, or from below it, a percentage tells nothing.
          unit === 'ms' || id === 'backlogGrowth' || before.value <= 0
          ? { in: 'amount', value: amount }
          : { in: 'share', value: amount / before.value },
  };
}
