import { describe, expect, it } from '@jest/globals';
import { alwaysOpen, isOpenAt, isTimeZone, problemOfSpan } from './opening-hours.ts';

const span = (weekday: number, from: string, to: string) => ({ weekday, from, to });
const berlin = (...hours: ReturnType<typeof span>[]) => ({ timeZone: 'Europe/Berlin', hours });
const splitShift = berlin(span(1, '09:00', '12:00'), span(1, '13:30', '17:00'));
// In Berlin the clocks go from 02:00 to 03:00 on 2026-03-29 and from 03:00 back to 02:00 on 2026-10-25; both are Sundays.
const sundayNight = berlin(span(7, '02:00', '03:00'));
const sundayMorning = berlin(span(7, '09:00', '10:00'));

describe('opening hours', () => {
  it.each([
    ['opens on the minute', splitShift, '2026-03-02T08:00:00Z', true],
    ['is closed a minute before', splitShift, '2026-03-02T07:59:59Z', false],
    ['closes on the minute', splitShift, '2026-03-02T11:00:00Z', false],
    ['is closed between two shifts', splitShift, '2026-03-02T12:00:00Z', false],
    ['opens for the second shift', splitShift, '2026-03-02T12:30:00Z', true],
    ['is closed on another weekday', splitShift, '2026-03-03T09:00:00Z', false],
    ['takes the weekday of the zone, not of UTC', berlin(span(2, '00:00', '01:00')), '2026-03-02T23:30:00Z', true],
    ['opens an hour earlier in UTC in summer', sundayMorning, '2026-03-29T07:30:00Z', true],
    ['and an hour later again in winter', sundayMorning, '2026-10-25T08:30:00Z', true],
    ['which is closed in summer time', sundayMorning, '2026-10-18T08:30:00Z', false],
    ['skips the hour that a spring night has not', sundayNight, '2026-03-29T01:00:00Z', false],
    ['is open the first time an autumn hour passes', sundayNight, '2026-10-25T00:30:00Z', true],
    ['and the second time', sundayNight, '2026-10-25T01:30:00Z', true],
    ['is open until midnight', berlin(span(1, '20:00', '24:00')), '2026-03-02T22:59:59Z', true],
    [
      'knows zones of half an hour',
      { timeZone: 'Asia/Kolkata', hours: [span(1, '09:00', '10:00')] },
      '2026-03-02T03:30:00Z',
      true,
    ],
    ['is never open without hours', berlin(), '2026-03-02T09:00:00Z', false],
    ['is always open by default', berlin(...alwaysOpen), '2026-03-01T23:30:00Z', true],
  ])('%s', (_, hours, at, open) => {
    expect(isOpenAt(hours, new Date(at))).toBe(open);
  });

  it.each([
    ['09:00', '17:00', null],
    ['00:00', '24:00', null],
    ['22:00', '06:00', 'split'],
    ['09:00', '09:00', 'ends before'],
    ['09:00', '24:01', 'not a time'],
    ['9:99', '10:00', 'not a time'],
  ])('judges the span %s to %s', (from, to, problem) => {
    const found = problemOfSpan(span(1, from, to));
    if (problem === null) expect(found).toBeNull();
    else expect(found).toContain(problem);
  });

  it('knows time zones by name', () => {
    expect(isTimeZone('America/St_Johns')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});
