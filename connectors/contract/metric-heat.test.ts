import { expect, it } from '@jest/globals';
import { busiestOf, heatStep } from './metric-heat.ts';

it.each([
  [0, 8, 0],
  [1, 8, 1],
  [2, 8, 1],
  [3, 8, 2],
  [6, 8, 3],
  [7, 8, 4],
  [8, 8, 4],
  [0, 0, 0],
  [1, 1, 4],
])('%i of at most %i is step %i', (count, most, step) => expect(heatStep(count, most)).toBe(step));

it('finds the busiest hour, the first of several', () => {
  const opened = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  expect(busiestOf(opened)).toBeNull();
  opened[2]![14] = opened[5]![9] = 4;
  expect(busiestOf(opened)).toEqual({ weekday: 3, hour: 14, count: 4 });
});
