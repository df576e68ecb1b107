import { describe, expect, it } from '@jest/globals';
import { laneOf, preferredWorker } from './lanes.ts';

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

describe('the lane of a key', () => {
  it.each([
    ['thread-1', 16, 1],
    ['thread-2', 16, 0],
    ['', 16, 1],
  ])('of %s among %i stays the same from release to release', (key, lanes, lane) => {
    expect(laneOf(key, lanes)).toBe(lane);
  });

  it('spreads keys that differ only at their end', () => {
    const counts = new Array<number>(16).fill(0);
    for (const key of names('01a20b71-226f-7129-915f-3613', 1_600)) counts[laneOf(key, 16)]!++;
    expect(Math.min(...counts)).toBeGreaterThan(60);
    expect(Math.max(...counts)).toBeLessThan(150);
  });
});

describe('the preferred worker of a lane', () => {
  const lanes = names('tickets/', 300);
  const workers = names('worker', 4);

  it('does not depend on the order in which the workers are known', () => {
    for (const lane of lanes) expect(preferredWorker(lane, workers)).toBe(preferredWorker(lane, workers.toReversed()));
  });

  it('is each of them about equally often', () => {
    for (const worker of workers) {
      expect(lanes.filter((lane) => preferredWorker(lane, workers) === worker).length).toBeGreaterThan(40);
    }
  });

  it('changes only for the lanes of the one that leaves', () => {
    const [gone, ...rest] = workers;
    for (const lane of lanes) {
      const before = preferredWorker(lane, workers);
      if (before !== gone) expect(preferredWorker(lane, rest)).toBe(before);
    }
  });

  it('is nobody where nobody works', () => {
    expect(preferredWorker('tickets/1', [])).toBeUndefined();
  });
});
