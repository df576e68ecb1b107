import { expect, it } from '@jest/globals';
import { planOf, troubles } from './plan.ts';

it('makes the same plan of the same seed', () => {
  expect(planOf(42)).toEqual(planOf(42));
  expect(planOf(42)).not.toEqual(planOf(44));
});

it('gives each trouble a run of its own, and several at once to every second seed', () => {
  const odd = Array.from({ length: troubles.length }, (_, index) => planOf(2 * index + 1).troubles);
  expect(odd).toEqual(troubles.map((trouble) => [trouble]));
  expect(planOf(2).troubles.length).toBeGreaterThanOrEqual(3);
});
