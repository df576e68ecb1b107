import { expect, it } from '@jest/globals';
import { calendarOf } from './calendar.ts';
import { problemsOfCalendar, problemOfSpan, type CalendarDefinition } from './definition.ts';

const good: CalendarDefinition = { timeZone: 'Europe/Berlin', hours: [{ weekday: 1, from: '09:00', to: '17:00' }] };

it.each([
  ['09:00', '17:00', null],
  ['00:00', '24:00', null],
  ['00:00', '00:00', null],
  ['22:00', '06:00', null],
  ['09:00', '09:00', 'no length'],
  ['09:00', '24:01', '24:01 is not a time'],
  ['25:00', '26:00', '25:00 is not a time'],
  ['9:00', '10:00', '9:00 is not a time'],
  ['09:00', '18:60', '18:60 is not a time'],
  ['24:00', '24:00', 'begin the next day'],
])('judges the span %s to %s', (from, to, problem) => {
  const found = problemOfSpan({ from, to });
  if (problem === null) expect(found).toBeNull();
  else expect(found).toContain(problem);
});

it.each([
  ['timeZone', { ...good, timeZone: 'Mars/Olympus' }],
  ['hours', { ...good, hours: [] }],
  ['hours.0', { ...good, hours: [{ weekday: 1, from: '09:00', to: '9:99' }] }],
  ['hours.1.weekday', { ...good, hours: [...good.hours, { weekday: 8, from: '09:00', to: '17:00' }] }],
  ['holidays.0.date', { ...good, holidays: [{ date: '2026-02-30' }] }],
  ['holidays.0.date', { ...good, holidays: [{ date: 'Christmas' }] }],
  ['holidays.0.hours.0', { ...good, holidays: [{ date: '2026-12-24', hours: [{ from: '09:00', to: '26:00' }] }] }],
])('names %s as what is wrong', (path, definition) => {
  expect(problemsOfCalendar(definition).map((problem) => problem.path)).toEqual([path]);
  expect(() => calendarOf(definition)).toThrow(expect.objectContaining({ code: 'invalid' }));
});

it('finds nothing wrong with a good one', () => {
  expect(problemsOfCalendar({ ...good, holidays: [{ date: '2024-02-29', yearly: true }] })).toEqual([]);
});
