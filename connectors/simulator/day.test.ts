import { describe, expect, it } from '@jest/globals';
import { Day } from './day.ts';

const began = Date.parse('2026-03-02T10:00:00.000Z');
const minute = 60_000;

describe('a played day', () => {
  const day = new Day(14, began);

  it.each([
    [0, 1, 7],
    [1, 1, 8],
    [6.5, 1, 13.5],
    [14, 2, 7],
    [29, 3, 8],
  ])('is after %d minutes in day %d at %d o’clock', (minutes, number, hour) => {
    const at = day.at(began + minutes * minute);
    expect(at.number).toBe(number);
    expect(at.hour).toBeCloseTo(hour);
  });

  it('brings as many customers in a short day as in a long one', () => {
    const customers = (
      { shortestGapMs, traffic }: Pick<Day, 'shortestGapMs'> & { traffic: (at: number) => number },
      ms: number,
    ) => {
      const step = ms / 1400;
      return Array.from({ length: 1400 }, (_, index) => (traffic(began + index * step) * step) / shortestGapMs).reduce(
        (sum, part) => sum + part,
      );
    };
    for (const minutes of [1, 14, 600]) {
      const one = new Day(minutes, began);
      const { shortestGapMs } = one;
      expect(customers({ shortestGapMs, traffic: (at) => one.traffic(at) }, minutes * minute)).toBeCloseTo(110, 0);
    }
  });
});
