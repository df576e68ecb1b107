import { expect, it } from '@jest/globals';
import type { StoredSchedule } from '../saved-report.schema.ts';
import { nextMailing } from './next-mailing.ts';

const agentIds = ['018f0000-0000-7000-8000-000000000001'];
type When<S = StoredSchedule> = S extends object ? Omit<S, 'agentIds'> : never;

it.each<[When, string, string]>([
  [{ every: 'day', hour: 8 }, '2026-03-11T06:59:59Z', '2026-03-11T07:00'],
  [{ every: 'day', hour: 8 }, '2026-03-11T07:00:00Z', '2026-03-12T07:00'],
  // As they were saved before days could be chosen.
  [{ every: 'week', hour: 8 }, '2026-03-11T07:00:00Z', '2026-03-16T07:00'],
  [{ every: 'week', hour: 8 }, '2026-03-16T06:00:00Z', '2026-03-16T07:00'],
  [{ every: 'month', hour: 0 }, '2026-03-11T07:00:00Z', '2026-03-31T22:00'],
  [{ every: 'month', hour: 23 }, '2026-01-31T23:30:00Z', '2026-02-01T22:00'],
  // On some days of the week: today’s where it is yet to come, else the next, over the week’s end.
  [{ every: 'week', weekdays: [5, 1, 3], hour: 8 }, '2026-03-11T06:59:59Z', '2026-03-11T07:00'],
  [{ every: 'week', weekdays: [5, 1, 3], hour: 8 }, '2026-03-11T07:00:00Z', '2026-03-13T07:00'],
  [{ every: 'week', weekdays: [5, 1, 3], hour: 8 }, '2026-03-13T07:00:00Z', '2026-03-16T07:00'],
  [{ every: 'week', weekdays: [7], hour: 8 }, '2026-03-16T07:00:00Z', '2026-03-22T07:00'],
  [{ every: 'week', weekdays: [3], hour: 8 }, '2026-03-11T07:00:00Z', '2026-03-18T07:00'],
  // On a day of the month; the 31st of one that has none is its last.
  [{ every: 'month', day: 15, hour: 8 }, '2026-03-11T07:00:00Z', '2026-03-15T07:00'],
  [{ every: 'month', day: 11, hour: 8 }, '2026-03-11T07:00:00Z', '2026-04-11T06:00'],
  [{ every: 'month', day: 31, hour: 8 }, '2026-01-31T07:00:00Z', '2026-02-28T07:00'],
  [{ every: 'month', day: 31, hour: 8 }, '2026-02-28T07:00:00Z', '2026-03-31T06:00'],
  [{ every: 'month', day: 31, hour: 8 }, '2026-03-31T06:00:00Z', '2026-04-30T06:00'],
  [{ every: 'month', day: 29, hour: 8 }, '2028-02-01T00:00:00Z', '2028-02-29T07:00'],
  [{ every: 'month', day: 30, hour: 8 }, '2028-02-01T00:00:00Z', '2028-02-29T07:00'],
  [{ every: 'month', day: 31, hour: 8 }, '2026-12-31T07:00:00Z', '2027-01-31T07:00'],
  // In the person’s own zone, whose day may be another.
  [{ every: 'day', hour: 8, zone: 'America/New_York' }, '2026-03-11T11:59:00Z', '2026-03-11T12:00'],
  [{ every: 'week', weekdays: [1], hour: 8, zone: 'Pacific/Auckland' }, '2026-03-11T07:00:00Z', '2026-03-15T19:00'],
  [{ every: 'month', day: 31, hour: 23, zone: 'Asia/Kathmandu' }, '2026-04-01T00:00:00Z', '2026-04-30T17:15'],
  // Clocks go forward at two: there is no half past two, and eight is an hour sooner.
  [{ every: 'day', hour: 2 }, '2026-03-28T12:00:00Z', '2026-03-29T01:00'],
  [{ every: 'day', hour: 8 }, '2026-03-28T12:00:00Z', '2026-03-29T06:00'],
  [{ every: 'week', weekdays: [7], hour: 2 }, '2026-03-22T12:00:00Z', '2026-03-29T01:00'],
  [{ every: 'week', weekdays: [7], hour: 2 }, '2026-03-29T01:00:00Z', '2026-04-05T00:00'],
  [{ every: 'month', day: 29, hour: 2 }, '2026-03-01T12:00:00Z', '2026-03-29T01:00'],
  // And back: two comes twice, and is mailed once.
  [{ every: 'day', hour: 2 }, '2026-10-24T12:00:00Z', '2026-10-25T00:00'],
  [{ every: 'day', hour: 2 }, '2026-10-25T00:00:00Z', '2026-10-26T01:00'],
  [{ every: 'week', weekdays: [7], hour: 2 }, '2026-10-25T00:00:00Z', '2026-11-01T01:00'],
  [{ every: 'month', day: 25, hour: 2 }, '2026-10-25T00:30:00Z', '2026-11-25T01:00'],
  // Midnight does not exist there that day.
  [{ every: 'day', hour: 0, zone: 'Africa/Cairo' }, '2026-04-23T12:00:00Z', '2026-04-23T22:00'],
])('%j, after %s, is %s', (when, after, expected) =>
  expect(
    nextMailing({ ...when, agentIds }, new Date(after), 'Europe/Berlin')
      .toISOString()
      .slice(0, 16),
  ).toBe(expected),
);
