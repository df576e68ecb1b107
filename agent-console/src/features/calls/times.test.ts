import { expect, it } from '@jest/globals';
import { clockOf } from './times.ts';

it.each([
  [0, '0:00'],
  [65_900, '1:05'],
  [3_845_000, '1:04:05'],
  [-5, '0:00'],
])('shows %d ms as %s', (ms, shown) => expect(clockOf(ms)).toBe(shown));
