import { expect, it } from '@jest/globals';
import type { Figure, MetricId } from './metrics.ts';
import { trendOf } from './metric-trend.ts';

const MINUTE = 60_000;
const figure = (value: number | null): Figure => ({ value, n: 1 });

it.each<[MetricId, number, number, string, boolean | null]>([
  ['opened', 12, 10, 'up share 0.2', null],
  ['opened', 12, 0, 'up amount 12', null],
  ['opened', 12, 12, 'same amount 0', null],
  ['backlogGrowth', -3, 2, 'down amount 5', true],
  ['serviceLevel', 87, 80.2, 'up points 7', true],
  ['serviceLevel', 80, 80.3, 'same amount 0', null],
  ['abandonment', 3, 2, 'up points 1', false],
  ['firstResponse', 5 * MINUTE, 7 * MINUTE, 'down amount 120000', true],
  ['resolution', 9 * MINUTE, 7 * MINUTE, 'up amount 120000', false],
  ['resolution', 700_400, 700_000, 'same amount 0', null],
])('%s at %s after %s goes %s', (id, now, before, told, good) => {
  const trend = trendOf(id, figure(now), figure(before));
  expect([`${trend?.way} ${trend?.size.in} ${trend?.size.value}`, trend?.good]).toEqual([told, good]);
});

it('is none where there is nothing to compare', () => {
  expect([trendOf('opened', figure(1), undefined), trendOf('asa', figure(null), figure(3))]).toEqual([null, null]);
});
