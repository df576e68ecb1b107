import { expect, it } from '@jest/globals';
import { hoursAWeek, merged, parseSpans, typedSpans } from './holidays.ts';

it.each([
  ['', []],
  ['9-12', [{ from: '09:00', to: '12:00' }]],
  [
    '09:00–12:00, 13-17',
    [
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ],
  ],
  ['9', null],
  ['9-9', null],
  ['9-12-15', null],
  ['never', null],
])('reads the hours %j', (typed, spans) => {
  expect(parseSpans(typed)).toEqual(spans);
  if (spans !== null) expect(parseSpans(typedSpans(spans))).toEqual(spans);
});

it('takes in what a file has and the calendar has not', () => {
  const holiday = (date: string, name: string, yearly = false) => ({ date, name, yearly, hours: [] });
  const own = { ...holiday('2026-12-24', 'Half a day'), hours: [{ from: '09:00', to: '12:00' }] };
  const found = merged([own], [holiday('2026-12-24', 'Christmas Eve'), holiday('2026-01-01', 'New Year')]);
  expect(found.map(({ name }) => name)).toEqual(['New Year', 'Half a day']);
});

it('counts the hours of a week, also those past midnight', () => {
  expect(
    hoursAWeek([
      { weekday: 1, from: '22:00', to: '06:00' },
      { weekday: 2, from: '09:00', to: '12:30' },
    ]),
  ).toBe(11.5);
});
