import { expect, it } from '@jest/globals';
import { retryDelay } from './retry-delay.ts';

it.each([
  [1, 1_000],
  [2, 2_000],
  [5, 16_000],
  [10, 300_000],
  [1_000_000, 300_000],
])('waits after failure %i for %i ms', (failures, delay) => {
  expect(retryDelay(failures)).toBe(delay);
});
