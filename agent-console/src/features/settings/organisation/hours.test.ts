import { describe, expect, it } from '@jest/globals';
import { hoursOf, nextSpan, parseTime, problemsOf, weekOf } from './hours.ts';

describe('parseTime', () => {
  it.each([
    ['9', '09:00'],
    ['9:30', '09:30'],
    ['0930', '09:30'],
    ['17.45', '17:45'],
    ['5pm', '17:00'],
    ['12 am', '00:00'],
    ['24', '24:00'],
    ['24:30', null],
    ['25', null],
    ['13pm', null],
    ['9:75', null],
    ['noon', null],
    ['', null],
  ])('reads %j as %j', (typed, time) => expect(parseTime(typed)).toBe(time));
});

it('keeps a week as it was', () => {
  const hours = [
    { weekday: 1, from: '09:00', to: '12:00' },
    { weekday: 1, from: '13:00', to: '17:00' },
    { weekday: 7, from: '00:00', to: '24:00' },
  ];
  expect(weekOf(hours)[0]).toHaveLength(2);
  expect(hoursOf(weekOf(hours))).toEqual(hours);
});

it('names what is wrong with a span', () => {
  expect(
    problemsOf([
      { from: '09:00', to: '12:00' },
      { from: '11:00', to: '13:00' },
      { from: '17:00', to: '17:00' },
      { from: 'x', to: '18:00' },
      { from: '22:00', to: '06:00' },
      { from: '23:00', to: '24:00' },
    ]),
  ).toEqual([null, 'overlaps', 'no-length', 'not-a-time', null, 'overlaps']);
});

it('offers the afternoon after a morning', () => {
  expect(nextSpan([])).toEqual({ from: '09:00', to: '17:00' });
  expect(nextSpan([{ from: '08:00', to: '12:00' }])).toEqual({ from: '13:00', to: '17:00' });
});
