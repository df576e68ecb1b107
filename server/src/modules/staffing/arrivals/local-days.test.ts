import { expect, it } from '@jest/globals';
import { inIntervals, localDays } from './local-days.ts';

const one = (...quarters: number[]) => Array.from({ length: 96 }, (_, at) => (quarters.includes(at) ? 1 : 0));
const until = (day: string) => new Date(`${day}T12:00:00Z`);
const seen = (days: ReturnType<typeof localDays>) =>
  days.map(({ date, counts }) => [date, counts.flatMap((count, at) => (count > 0 ? [[at / 4, count]] : []))]);

it('moves what came to the hours and days of the zone', () => {
  // 23:00 UTC is 08:00 of the next day in Tokyo; its first day began before what is known.
  const known = [
    { day: '2026-03-02', counts: one(0, 92) },
    { day: '2026-03-03', counts: one(60) },
  ];
  expect(seen(localDays(known, 'Asia/Tokyo', until('2026-03-05')))).toEqual([
    ['2026-03-03', [[8, 1]]],
    ['2026-03-04', [[0, 1]]],
  ]);
});

it('fills the days on which nothing came, and leaves out the one that is not over', () => {
  const known = [
    { day: '2026-03-02', counts: one(40) },
    { day: '2026-03-05', counts: one(40) },
  ];
  expect(seen(localDays(known, 'UTC', until('2026-03-05')))).toEqual([
    ['2026-03-02', [[10, 1]]],
    ['2026-03-03', []],
    ['2026-03-04', []],
  ]);
});

it('adds up the hour that comes twice in autumn', () => {
  // In Berlin 00:30 and 01:30 UTC of 2026-10-25 are both 02:30.
  const known = [
    { day: '2026-10-23', counts: one() },
    { day: '2026-10-25', counts: one(2, 6, 40) },
  ];
  expect(seen(localDays(known, 'Europe/Berlin', until('2026-10-27'))).at(1)).toEqual([
    '2026-10-25',
    [
      [2.5, 2],
      [11, 1],
    ],
  ]);
});

it('adds up several channels of a day', () => {
  const day = { day: '2026-03-02', counts: one(40) };
  expect(seen(localDays([day, day], 'UTC', until('2026-03-03')))).toEqual([['2026-03-02', [[10, 2]]]]);
});

it('adds quarters up to half hours', () => {
  expect(inIntervals([1, 2, 3, 4], 30)).toEqual([3, 7]);
});

it('knows nothing of nothing', () => {
  expect(localDays([], 'UTC', until('2026-03-03'))).toEqual([]);
});
