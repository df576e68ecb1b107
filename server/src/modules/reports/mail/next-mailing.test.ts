import { expect, it } from '@jest/globals';
import type { ReportSchedule } from '@switchboard/contract';
import { nextMailing } from './next-mailing.ts';

it.each<[ReportSchedule['every'], number, string, string]>([
  ['day', 8, '2026-03-11T06:59:59Z', '2026-03-11T07:00'],
  ['day', 8, '2026-03-11T07:00:00Z', '2026-03-12T07:00'],
  ['week', 8, '2026-03-11T07:00:00Z', '2026-03-16T07:00'],
  ['week', 8, '2026-03-16T06:00:00Z', '2026-03-16T07:00'],
  ['month', 0, '2026-03-11T07:00:00Z', '2026-03-31T22:00'],
  ['month', 23, '2026-01-31T23:30:00Z', '2026-02-01T22:00'],
  // Clocks go forward at two: there is no half past two, and eight is an hour sooner.
  ['day', 2, '2026-03-28T12:00:00Z', '2026-03-29T01:00'],
  ['day', 8, '2026-03-28T12:00:00Z', '2026-03-29T06:00'],
  // And back: two comes twice, and is mailed once.
  ['day', 2, '2026-10-24T12:00:00Z', '2026-10-25T00:00'],
  ['day', 2, '2026-10-25T00:00:00Z', '2026-10-26T01:00'],
])('each %s at %i, after %s, is %s', (every, hour, after, expected) =>
  expect(nextMailing({ every, hour }, new Date(after), 'Europe/Berlin').toISOString().slice(0, 16)).toBe(expected),
);
