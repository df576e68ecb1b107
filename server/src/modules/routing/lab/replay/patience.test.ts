import { expect, it } from '@jest/globals';
import { patienceOf } from './patience.ts';

const waits = [
  { ms: 10, left: true },
  { ms: 20, left: false },
  { ms: 30, left: true },
  { ms: 40, left: false },
];
it.each([
  // A quarter leaves at 10, half of who is left at 30, and the rest is not known to leave at all.
  [0, 0, 10],
  [0.24, 0, 10],
  [0.26, 0, 30],
  [0.62, 0, 30],
  [0.63, 0, Infinity],
  // Who has waited for longer than 10 leaves at 30, every other time.
  [0, 15, 30],
  [0.49, 15, 30],
  [0.51, 15, Infinity],
  [0, 30, Infinity],
])('draws %f of those who waited for %i ms already', (u, ms, expected) =>
  expect(patienceOf(waits)(u, ms)).toBe(expected),
);

it('is endless where nobody left', () => expect(patienceOf([{ ms: 5, left: false }])(0, 0)).toBe(Infinity));
