import { describe, expect, it } from '@jest/globals';
import { bucketEnds, bucketOf, quantile, sumOf } from './buckets.ts';

const countsOf = (...times: number[]): number[] => {
  const counts = Array.from({ length: bucketEnds.length + 1 }, () => 0);
  for (const ms of times) counts[bucketOf(ms)]! += 1;
  return counts;
};

describe('the bucket of a time', () => {
  it.each([
    [0, 0],
    [1, 0],
    [1.1, 1],
    [100, 6],
    [101, 7],
    [86_400_000, 19],
    [86_400_001, 20],
  ])('%d ms lies in bucket %d', (ms, bucket) => expect(bucketOf(ms)).toBe(bucket));
});

describe('the quantile', () => {
  it('lies within the bucket, as far as its rank', () => {
    const four = countsOf(30, 30, 30, 30);
    expect(quantile(four, 0.5)).toBe(37.5);
    expect(quantile(four, 1)).toBe(50);
  });

  it('finds the slow ones behind the many fast ones', () => {
    const counts = countsOf(...Array.from({ length: 90 }, () => 4), ...Array.from({ length: 10 }, () => 800));
    expect(sumOf(counts)).toBe(100);
    expect(quantile(counts, 0.5)).toBeLessThanOrEqual(5);
    expect(quantile(counts, 0.95)).toBe(750);
  });

  it('names the last end for what took longer', () => expect(quantile(countsOf(1e9), 0.5)).toBe(86_400_000));

  it('is never further from the truth than its bucket is wide', () => {
    const times = Array.from({ length: 999 }, (_, index) => (index * 7919) % 3000);
    const sorted = times.toSorted((a, b) => a - b);
    for (const q of [0.05, 0.5, 0.95]) {
      const truth = sorted[Math.ceil(q * sorted.length) - 1] as number;
      expect(bucketOf(quantile(countsOf(...times), q))).toBe(bucketOf(truth));
    }
  });
});
