import { DDSketch } from '@datadog/sketches-js';

/**
 * Quantiles of durations, to 2 % of the value, by DDSketch (https://www.vldb.org/pvldb/vol12/p2195-masson.pdf). Kept as its
 * bins, how many values are in each: a sketch of several is their sum, and the library's own wire format is a hundred times
 * larger for a few values.
 */
export type Bins = Map<number, number>;

const ACCURACY = 0.02;
const { mapping } = new DDSketch({ relativeAccuracy: ACCURACY });

/** The bin of a duration in ms; all below one millisecond is one. */
export const bin = (ms: number): number => mapping.key(Math.max(1, ms));

export function addTo(bins: Bins, key: number, count: number): void {
  bins.set(key, (bins.get(key) ?? 0) + count);
}

/** In ms; null of nothing. */
export function quantiles(bins: Bins, ...wanted: number[]): (number | null)[] {
  if (bins.size === 0) return wanted.map(() => null);
  const sketch = new DDSketch({ relativeAccuracy: ACCURACY });
  for (const [key, count] of bins) {
    sketch.store.add(key, count);
    sketch.count += count;
  }
  return wanted.map((q) => Math.round(sketch.getValueAtQuantile(q)));
}

/** Pairs of 32-bit numbers: a month of a busy queue has thousands of them. */
export const pack = (bins: Bins): Buffer => Buffer.from(Int32Array.from([...bins].flat()).buffer);

/** Adds what was packed. */
export function addPacked(bins: Bins, packed: Uint8Array): void {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at < packed.byteLength; at += 8) addTo(bins, view.getInt32(at, true), view.getInt32(at + 4, true));
}
