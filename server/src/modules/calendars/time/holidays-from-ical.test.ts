import { expect, it } from '@jest/globals';
import { holidaysFromIcal } from './holidays-from-ical.ts';

const now = new Date('2026-06-01T00:00:00Z');
const file = (...events: string[][]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((lines, at) => ['BEGIN:VEVENT', `UID:${at}`, ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const read = (...events: string[][]) =>
  holidaysFromIcal(file(...events), now).holidays.map(
    ({ date, name, yearly }) => `${date} ${name}${yearly ? ' *' : ''}`,
  );

it.each<[string, string[], string[]]>([
  ['one day', ['DTSTART;VALUE=DATE:20261003', 'SUMMARY:Unity'], ['2026-10-03 Unity']],
  [
    'the same day each year',
    ['DTSTART;VALUE=DATE:20101225', 'RRULE:FREQ=YEARLY', 'SUMMARY:Christmas'],
    ['2010-12-25 Christmas *'],
  ],
  [
    'the same day each year, in more words',
    [
      'DTSTART;VALUE=DATE:20200501',
      'DTEND;VALUE=DATE:20200502',
      'RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1',
      'SUMMARY:Labour',
    ],
    ['2020-05-01 Labour *'],
  ],
  [
    'several days, the end not among them',
    ['DTSTART;VALUE=DATE:20261228', 'DTEND;VALUE=DATE:20261231', 'SUMMARY:Between'],
    ['2026-12-28 Between', '2026-12-29 Between', '2026-12-30 Between'],
  ],
  [
    'a weekday of a month, some years ahead',
    ['DTSTART;VALUE=DATE:20251127', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', 'SUMMARY:Thanksgiving'],
    ['2025-11-27', '2026-11-26', '2027-11-25', '2028-11-23', '2029-11-22', '2030-11-28', '2031-11-27'].map(
      (date) => `${date} Thanksgiving`,
    ),
  ],
  [
    'a series with an end and an exception',
    ['DTSTART;VALUE=DATE:20260105', 'RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE;VALUE=DATE:20260112', 'SUMMARY:Stocktaking'],
    ['2026-01-05 Stocktaking', '2026-01-19 Stocktaking'],
  ],
  ['what has no name', ['DTSTART;VALUE=DATE:20261224'], ['2026-12-24 Holiday']],
  ['nothing that was called off', ['DTSTART;VALUE=DATE:20261224', 'STATUS:CANCELLED'], []],
  ['nothing of years ago', ['DTSTART;VALUE=DATE:20191224', 'SUMMARY:Old'], []],
])('reads %s', (_, event, expected) => {
  expect(read(event)).toEqual(expected);
});

it('counts appointments and leaves them out', () => {
  const text = file(
    ['DTSTART:20261224T120000Z', 'SUMMARY:Lunch'],
    ['DTSTART;VALUE=DATE:20261225', 'SUMMARY:Christmas'],
  );
  expect(holidaysFromIcal(text, now)).toEqual({
    holidays: [{ date: '2026-12-25', name: 'Christmas', yearly: false }],
    skipped: 1,
  });
});

it.each([
  ['', 'not an iCalendar file'],
  ['<html>no</html>', 'not an iCalendar file'],
  ['BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261224', 'not an iCalendar file'],
  [file(['DTSTART;VALUE=DATE:20250101', 'RRULE:FREQ=DAILY']), 'more than 1000 holidays'],
])('refuses what is none: %j', (text, reason) => {
  expect(() => holidaysFromIcal(text, now)).toThrow(reason);
});
