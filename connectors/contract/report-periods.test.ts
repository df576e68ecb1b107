import { describe, expect, it } from '@jest/globals';
import { dateIn, plusDays, spansOf, startOfDay, type AskedPeriod } from './report-periods.ts';

const berlin = 'Europe/Berlin';
const told = (asked: AskedPeriod, now: string, zone = berlin) => {
  const { from, to, previous, interval } = spansOf(asked, new Date(now), zone);
  const short = (at: string) => at.slice(0, 16).replace('T', ' ');
  return [short(from), short(to), short(previous.from), short(previous.to), interval];
};

describe('a period of the organisation', () => {
  const now = '2026-03-11T09:07:00Z';
  it.each<[AskedPeriod, string[]]>([
    [{ period: 'today' }, ['2026-03-10 23:00', '2026-03-11 09:15', '2026-03-09 23:00', '2026-03-10 09:15', 'hour']],
    [{ period: 'yesterday' }, ['2026-03-09 23:00', '2026-03-10 23:00', '2026-03-08 23:00', '2026-03-09 23:00', 'hour']],
    [{ period: '7-days' }, ['2026-03-03 23:00', '2026-03-10 23:00', '2026-02-24 23:00', '2026-03-03 23:00', 'day']],
    [{ period: '28-days' }, ['2026-02-10 23:00', '2026-03-10 23:00', '2026-01-13 23:00', '2026-02-10 23:00', 'day']],
    [{ period: 'month' }, ['2026-02-28 23:00', '2026-03-11 09:15', '2026-01-31 23:00', '2026-02-11 09:15', 'day']],
    [{ period: 'last-month' }, ['2026-01-31 23:00', '2026-02-28 23:00', '2025-12-31 23:00', '2026-01-31 23:00', 'day']],
    [
      { period: 'range', from: '2026-03-01', to: '2026-03-02' },
      ['2026-02-28 23:00', '2026-03-02 23:00', '2026-02-26 23:00', '2026-02-28 23:00', 'hour'],
    ],
    [
      { period: 'range', from: '2025-01-01', to: '2025-12-31' },
      ['2024-12-31 23:00', '2025-12-31 23:00', '2024-01-01 23:00', '2024-12-31 23:00', 'week'],
    ],
  ])('%j', (asked, expected) => {
    expect(told(asked, now)).toEqual(expected);
  });

  it('is a day of 23 or 25 hours where the clocks change, and compared with as far into the day', () => {
    expect(told({ period: 'yesterday' }, '2026-03-30T10:00:00Z').slice(0, 2)).toEqual([
      '2026-03-28 23:00',
      '2026-03-29 22:00',
    ]);
    expect(told({ period: 'yesterday' }, '2026-10-26T10:00:00Z').slice(0, 2)).toEqual([
      '2026-10-24 22:00',
      '2026-10-25 23:00',
    ]);
  });

  it('is compared with a whole month that is shorter, once this one is longer', () => {
    expect(told({ period: 'month' }, '2026-03-31T10:00:00Z', 'UTC').slice(2, 4)).toEqual([
      '2026-02-01 00:00',
      '2026-03-01 00:00',
    ]);
  });
});

describe('a day', () => {
  it.each([
    ['2026-03-29', berlin, '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', berlin, '2026-03-29T22:00:00.000Z'],
    ['2026-07-01', 'America/New_York', '2026-07-01T04:00:00.000Z'],
    ['2026-01-01', 'Asia/Kathmandu', '2025-12-31T18:15:00.000Z'],
    // Midnight does not exist there: the clocks go from 0:00 to 1:00.
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    // There it does twice.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
  ])('%s in %s begins at %s', (date, zone, expected) => {
    expect(startOfDay(date, zone).toISOString()).toBe(expected);
    expect(dateIn(startOfDay(date, zone), zone)).toBe(date);
  });

  it('is followed by the next one', () => {
    expect([plusDays('2026-02-28', 1), plusDays('2026-01-01', -1)]).toEqual(['2026-03-01', '2025-12-31']);
  });
});
