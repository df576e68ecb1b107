import { expect, it } from '@jest/globals';
import { wallColumns } from './wall-grid.ts';

it.each([
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 2],
  [5, 3],
  [6, 3],
  [12, 4],
  [20, 5],
])('puts %i queues on a wall in %i columns', (count, columns) => {
  expect(wallColumns(count, 1860, 860)).toBe(columns);
});

it('stands them below each other where the screen is narrow, and before it is measured', () => {
  expect(wallColumns(12, 358, 400)).toBe(1);
  expect(wallColumns(12, 0, 0)).toBe(1);
});
