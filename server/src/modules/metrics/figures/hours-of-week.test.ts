import { expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { hoursOfWeek } from './hours-of-week.ts';

const QUARTER_MS = 15 * 60_000;

// Where the clocks change at night, at midnight (Santiago), by half an hour (Lord Howe), and never, off the hour (Kathmandu).
it.each(['Europe/Berlin', 'America/New_York', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kathmandu'])(
  'has each quarter of a year in its one hour of the week in %s, in order',
  (zone) => {
    const [start, end] = [new Date('2025-01-08T10:30:00Z'), new Date('2026-01-09T08:45:00Z')];
    const due = Array.from({ length: 168 }, (): number[] => []);
    for (let at = start.getTime(); at < end.getTime(); at += QUARTER_MS) {
      const { weekday, hour } = DateTime.fromMillis(at, { zone });
      due[(weekday - 1) * 24 + hour]?.push(at);
    }
    const found = due.map((_, hour) =>
      hoursOfWeek({ start, end }, hour, zone)
        .toReversed()
        .flatMap((one) => {
          const count = (one.end.getTime() - one.start.getTime()) / QUARTER_MS;
          return Array.from({ length: count }, (_, at) => one.start.getTime() + at * QUARTER_MS);
        }),
    );
    expect(found).toEqual(due);
  },
);
