import { DDSketch } from '@datadog/sketches-js';

/**
 * Quantiles of durations, to 2 % of the value, by DDSketch (https://www.vldb.org/pvldb/vol12/p2195-masson.pdf). Kept as its
 * bins, how many values are in each, from the first to the last that is not empty: a sketch of several is their sum, by adding
 * numbers at places. The library's own store and wire format are many times slower and larger.
 */
export interface Bins {
  first: number;
  counts: number[];
}

const { mapping } = new DDSketch({ relativeAccuracy: 0.02 });

export const noBins = (): Bins => ({ first: 0, counts: [] });

/** The bin of a duration in ms; all below one millisecond is one. */
export const bin = (ms: number): number => mapping.key(Math.max(1, ms));

export function addTo(bins: Bins, key: number, count: number): void {
  const { counts } = bins;
  if (counts.length === 0) bins.first = key;
  if (key < bins.first) {
    counts.unshift(...Array.from({ length: bins.first - key }, () => 0));
    bins.first = key;
  }
  const at = key - bins.first;
  while (counts.length <= at) counts.push(0);
  counts[at] = (counts[at] ?? 0) + count;
}

/** Adds the second to the first. */
export function addBins(bins: Bins, { first, counts }: Bins): void {
  for (let at = 0; at < counts.length; at += 1) {
    const count = counts[at] ?? 0;
    if (count > 0) addTo(bins, first + at, count);
  }
}

/** In ms; null of nothing. */
export function quantiles({ first, counts }: Bins, ...wanted: number[]): (number | null)[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return wanted.map((q) => {
    let below = 0;
    // The rank that DDSketch takes: from 0 to n - 1.
    const at = counts.findIndex((count) => (below += count) > q * (all - 1));
    return at === -1 ? null : Math.round(mapping.value(first + at));
  });
}

/** Pairs of 32-bit numbers. */
export function pack({ first, counts }: Bins): Buffer {
  const pairs = counts.flatMap((count, at) => (count > 0 ? [first + at, count] : []));
  return Buffer.from(Int32Array.from(pairs).buffer);
}

/** Adds what was packed. */
export function addPacked(bins: Bins, packed: Uint8Array): void {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at < packed.byteLength; at += 8) addTo(bins, view.getInt32(at, true), view.getInt32(at + 4, true));
}
