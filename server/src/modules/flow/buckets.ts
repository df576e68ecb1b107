/** Upper ends in milliseconds; what takes longer than the last one is counted behind it. */
export const bucketEnds = [
  1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000, 14_400_000,
  86_400_000,
] as const;

/** How many took how long: one count for each end of `bucketEnds`, and one for what was longer. */
export type Counts = readonly number[];

export function bucketOf(ms: number): number {
  const index = bucketEnds.findIndex((end) => ms <= end);
  return index === -1 ? bucketEnds.length : index;
}

export const sumOf = (counts: Counts): number => counts.reduce((sum, count) => sum + count, 0);

/**
 * The time within which the share `q` stayed: the bucket in which that one lies, and within it as far as if all of it were
 * spread evenly (Prometheus' histogram_quantile). Behind the last end it is that end: at least so long.
 */
export function quantile(counts: Counts, q: number): number {
  const rank = q * sumOf(counts);
  let below = 0;
  for (const [index, end] of bucketEnds.entries()) {
    const inside = counts[index] ?? 0;
    if (inside > 0 && below + inside >= rank) {
      const start = bucketEnds[index - 1] ?? 0;
      return start + ((end - start) * (rank - below)) / inside;
    }
    below += inside;
  }
  return bucketEnds[bucketEnds.length - 1] as number;
}
