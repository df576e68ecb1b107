import { DDSketch } from '@datadog/sketches-js';

/**
 * Quantiles of durations, to 1 % of the value, by DDSketch (https://www.vldb.org/pvldb/vol12/p2195-masson.pdf). Kept as its
 * bins: a sketch of several is their sum, and the library's own wire format is a hundred times larger for a few values.
 */
export type Bins = Record<string, number>;

const ACCURACY = 0.01;
const { mapping } = new DDSketch({ relativeAccuracy: ACCURACY });

/** The bin of a duration in ms; all below one millisecond is one. */
export const bin = (ms: number): string => String(mapping.key(Math.max(1, ms)));

export function addTo(bins: Bins, key: string, count: number): void {
  bins[key] = (bins[key] ?? 0) + count;
}

/** ms; null of nothing. */
export function quantile(bins: Bins, q: number): number | null {
  const sketch = new DDSketch({ relativeAccuracy: ACCURACY });
  for (const [key, count] of Object.entries(bins)) {
    sketch.store.add(Number(key), count);
    sketch.count += count;
  }
  return sketch.count === 0 ? null : Math.round(sketch.getValueAtQuantile(q));
}
