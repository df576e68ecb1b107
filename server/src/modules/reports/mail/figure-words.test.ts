import { expect, it } from '@jest/globals';
import type { MetricId } from '@switchboard/contract';
import { changeWords, durationWords, valueWords } from './figure-words.ts';

it.each([
  [0, '0s'],
  [999, '0s'],
  [42_400, '42s'],
  [61_000, '1m'],
  [3_600_000 * 3 + 12 * 60_000 + 5000, '3h 12m'],
  [86_400_000 * 2 + 3_600_000 * 4, '2d 4h'],
  [86_400_000, '1d'],
])('%i ms is %s', (ms, words) => expect(durationWords(ms)).toBe(words));

it.each<[MetricId, number | null, string]>([
  ['opened', 1234, '1,234'],
  ['serviceLevel', 87.4, '87 %'],
  ['resolution', null, '–'],
])('%s of %s is %s', (id, value, words) => expect(valueWords(id, value)).toBe(words));

it.each<[MetricId, number | null, number | null, string]>([
  ['opened', 12, 10, '▲ 20 % more'],
  ['serviceLevel', 80, 81, '▼ 1 point less (worse)'],
  ['firstResponse', 60_000, 180_000, '▼ 2m shorter (better)'],
  ['opened', 3, 3, 'no change'],
  ['asa', null, 3, ''],
])('%s at %s after %s is “%s”', (id, now, before, words) =>
  expect(changeWords(id, { value: now, n: 1 }, { value: before, n: 1 })).toBe(words),
);
