import { describe, expect, it } from '@jest/globals';
import { add, between, isOpen, nextOpening, periods, subtract } from './business-time.ts';
import { always, calendarOf } from './calendar.ts';
import type { CalendarDefinition } from './definition.ts';

const weekdays = (...days: number[]) => days.flatMap((weekday) => [{ weekday, from: '09:00', to: '17:00' }]);
const on = (weekday: number, from: string, to: string) => ({ weekday, from, to });
const berlin = (hours: CalendarDefinition['hours'], holidays: CalendarDefinition['holidays'] = []) =>
  calendarOf({ timeZone: 'Europe/Berlin', hours, holidays });
const utc = (hours: CalendarDefinition['hours'], holidays: CalendarDefinition['holidays'] = []) =>
  calendarOf({ timeZone: 'UTC', hours, holidays });

const office = utc(weekdays(1, 2, 3, 4, 5));
const splitShift = utc([on(1, '08:00', '12:00'), on(1, '13:30', '17:00'), on(2, '08:00', '12:00')]);
const nightShift = utc([on(1, '22:00', '06:00'), on(3, '22:00', '02:00')]);
const wholeDays = utc([on(1, '00:00', '24:00'), on(2, '00:00', '00:00')]);
const christmas = utc(weekdays(1, 2, 3, 4, 5), [
  { date: '2026-12-24', hours: [{ from: '09:00', to: '12:00' }] },
  { date: '2020-12-25', yearly: true },
]);
// 2026-03-02 is a Monday. In Berlin the clock jumps over 02:00–03:00 on 2026-03-29 and shows it twice on 2026-10-25.
const night = berlin([on(7, '00:00', '06:00')]);
const lostHour = berlin([on(7, '02:10', '02:50'), on(1, '09:00', '10:00')]);
const doubleHour = berlin([on(7, '02:30', '03:00')]);

describe('business time', () => {
  it.each([
    ['within a shift', office, '2026-03-02T10:00:00Z', 60, '2026-03-02T11:00:00Z'],
    ['up to the very end of a shift', office, '2026-03-02T16:00:00Z', 60, '2026-03-02T17:00:00Z'],
    ['from the end of a shift into the next', office, '2026-03-02T17:00:00Z', 30, '2026-03-03T09:30:00Z'],
    ['over the weekend', office, '2026-03-06T16:50:00Z', 60, '2026-03-09T09:50:00Z'],
    ['before opening', office, '2026-03-02T03:00:00Z', 1, '2026-03-02T09:01:00Z'],
    ['with seconds', office, '2026-03-02T16:59:30Z', 1, '2026-03-03T09:00:30Z'],
    ['with parts of a minute', office, '2026-03-02T10:00:00Z', 0.5, '2026-03-02T10:00:30Z'],
    ['over the break of a split shift', splitShift, '2026-03-02T11:30:00Z', 60, '2026-03-02T14:00:00Z'],
    ['past midnight', nightShift, '2026-03-02T23:00:00Z', 120, '2026-03-03T01:00:00Z'],
    ['from one night to the next', nightShift, '2026-03-03T05:00:00Z', 90, '2026-03-04T22:30:00Z'],
    ['over whole days', wholeDays, '2026-03-02T12:00:00Z', 24 * 60, '2026-03-03T12:00:00Z'],
    ['from a whole day to the next week', wholeDays, '2026-03-03T23:00:00Z', 120, '2026-03-09T01:00:00Z'],
    ['over holidays and a short day', christmas, '2026-12-24T11:00:00Z', 120, '2026-12-28T10:00:00Z'],
    ['around the clock', always, '2026-03-29T00:30:00Z', 60, '2026-03-29T01:30:00Z'],
    ['in a night that lacks an hour', night, '2026-03-28T23:00:00Z', 240, '2026-03-29T03:00:00Z'],
    ['in a night that has one more', night, '2026-10-24T22:00:00Z', 240, '2026-10-25T02:00:00Z'],
    ['over a shift that the night skips', lostHour, '2026-03-28T12:00:00Z', 30, '2026-03-30T07:30:00Z'],
  ])('adds %s', (_, calendar, start, minutes, expected) => {
    expect(add(calendar, new Date(start), minutes).toISOString()).toBe(new Date(expected).toISOString());
  });

  it.each([
    ['within a shift', office, '2026-03-02T11:00:00Z', 60, '2026-03-02T10:00:00Z'],
    ['down to the very begin of a shift', office, '2026-03-02T10:00:00Z', 60, '2026-03-02T09:00:00Z'],
    ['over the weekend', office, '2026-03-09T09:50:00Z', 60, '2026-03-06T16:50:00Z'],
    ['past midnight', nightShift, '2026-03-03T01:00:00Z', 120, '2026-03-02T23:00:00Z'],
    ['over the break of a split shift', splitShift, '2026-03-02T14:00:00Z', 60, '2026-03-02T11:30:00Z'],
  ])('subtracts %s', (_, calendar, start, minutes, expected) => {
    expect(subtract(calendar, new Date(start), minutes).toISOString()).toBe(new Date(expected).toISOString());
  });

  it.each([
    ['a week', office, '2026-03-02T00:00:00Z', '2026-03-09T00:00:00Z', 5 * 8 * 60],
    ['nothing backwards', office, '2026-03-09T00:00:00Z', '2026-03-02T00:00:00Z', 0],
    ['nothing between two equal instants', office, '2026-03-02T10:00:00Z', '2026-03-02T10:00:00Z', 0],
    ['a part of a minute', office, '2026-03-02T08:04:26Z', '2026-03-02T09:00:45Z', 0.75],
    ['a night that lacks an hour', night, '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z', 5 * 60],
    ['a night that has one more', night, '2026-10-24T12:00:00Z', '2026-10-25T12:00:00Z', 7 * 60],
    ['from the first time that a double hour shows', doubleHour, '2026-10-25T00:00:00Z', '2026-10-25T12:00:00Z', 90],
    ['no shift that a night skips', lostHour, '2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z', 0],
  ])('counts %s', (_, calendar, from, to, minutes) => {
    expect(between(calendar, new Date(from), new Date(to))).toBe(minutes);
  });

  it('leaves out what is paused', () => {
    const pauses = [
      { from: new Date('2026-03-02T10:00:00Z'), to: new Date('2026-03-02T11:00:00Z') },
      { from: new Date('2026-03-02T16:30:00Z'), to: new Date('2026-03-03T09:30:00Z') },
    ];
    const [start, end] = [new Date('2026-03-02T09:30:00Z'), new Date('2026-03-03T10:00:00Z')];
    expect(between(office, start, end, pauses)).toBe(30 + 5.5 * 60 + 30);
    expect(add(office, start, 390, pauses)).toEqual(end);
    expect(subtract(office, end, 390, pauses)).toEqual(start);
  });

  it('lists what is open, the first stretch in part', () => {
    const found = periods(splitShift, new Date('2026-03-02T10:00:00Z'), 3);
    expect(found.map(({ start, end }) => [start.toISOString(), end.toISOString()])).toEqual([
      ['2026-03-02T10:00:00.000Z', '2026-03-02T12:00:00.000Z'],
      ['2026-03-02T13:30:00.000Z', '2026-03-02T17:00:00.000Z'],
      ['2026-03-03T08:00:00.000Z', '2026-03-03T12:00:00.000Z'],
    ]);
  });

  it.each([
    ['on the minute', '2026-03-02T09:00:00Z', true, '2026-03-02T09:00:00Z'],
    ['not a second before', '2026-03-02T08:59:59Z', false, '2026-03-02T09:00:00Z'],
    ['not any more at the end', '2026-03-02T17:00:00Z', false, '2026-03-03T09:00:00Z'],
    ['not on a weekend', '2026-03-07T12:00:00Z', false, '2026-03-09T09:00:00Z'],
  ])('is open %s', (_, at, open, next) => {
    expect(isOpen(office, new Date(at))).toBe(open);
    expect(nextOpening(office, new Date(at))).toEqual(new Date(next));
  });

  it('closes a holiday from midnight to midnight, also for the shift of the night before', () => {
    const calendar = utc([on(1, '22:00', '06:00')], [{ date: '2026-03-03' }]);
    expect(between(calendar, new Date('2026-03-02T00:00:00Z'), new Date('2026-03-05T00:00:00Z'))).toBe(120);
  });

  it('skips a day that a zone never had', () => {
    // Samoa went from 2011-12-29 to 2011-12-31.
    const samoa = calendarOf({ timeZone: 'Pacific/Apia', hours: weekdays(4, 5, 6) });
    const [from, to] = [new Date('2011-12-29T00:00:00Z'), new Date('2012-01-02T00:00:00Z')];
    expect(between(samoa, from, to)).toBe(2 * 8 * 60);
  });

  it('ends on a calendar whose every day is a holiday', () => {
    const closed = Array.from({ length: 366 }, (_, at) => ({
      date: new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10),
      yearly: true,
    }));
    const calendar = utc(weekdays(1), closed);
    expect(() => add(calendar, new Date('2026-03-02T09:00:00Z'), 1)).toThrow('open too little');
    expect(nextOpening(calendar, new Date('2026-03-02T09:00:00Z'))).toBeNull();
  });

  it.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY])('refuses to add %d minutes', (minutes) => {
    expect(() => add(office, new Date('2026-03-02T09:00:00Z'), minutes)).toThrow('more than 0 minutes');
  });
});
