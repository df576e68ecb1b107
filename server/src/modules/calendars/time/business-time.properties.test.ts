import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { add, between, isOpen, nextOpening, periods, subtract } from './business-time.ts';
import { calendarOf } from './calendar.ts';
import { minutesOf, type CalendarDefinition } from './definition.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Havana',
  'Africa/Casablanca',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
];
// Days at which one of them changes its clock, so that chance does not have to find them.
const changes = [
  '2026-03-29T01:00:00Z',
  '2026-10-25T01:00:00Z',
  '2026-03-08T07:00:00Z',
  '2026-11-01T06:00:00Z',
  '2011-12-30T10:00:00Z',
  '2018-11-04T03:00:00Z',
  '2019-02-17T02:00:00Z',
  '2026-04-04T15:00:00Z',
  '2026-10-03T15:30:00Z',
].map((at) => Date.parse(at));

const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
const span = fc
  .record({ from: clock, to: fc.oneof({ weight: 5, arbitrary: clock }, fc.constant('24:00')) })
  .filter((own) => minutesOf(own)[1] - minutesOf(own)[0] >= 30 && (own.from !== own.to || own.from === '00:00'));
const date = fc
  .integer({ min: 0, max: 40 })
  .chain((away) =>
    fc.constantFrom(...changes).map((at) => new Date(at + (away - 20) * 86_400_000).toISOString().slice(0, 10)),
  );
const definitions: fc.Arbitrary<CalendarDefinition> = fc.record({
  timeZone: fc.constantFrom(...zones),
  hours: fc.array(
    fc.tuple(fc.integer({ min: 1, max: 7 }), span).map(([weekday, own]) => ({ weekday, ...own })),
    { minLength: 1, maxLength: 10 },
  ),
  holidays: fc.array(fc.record({ date, yearly: fc.boolean(), hours: fc.array(span, { maxLength: 2 }) }), {
    maxLength: 5,
  }),
});
const DAY = 86_400_000;
const instants = fc
  .oneof(
    fc.tuple(fc.constantFrom(...changes), fc.integer({ min: -2 * DAY, max: 2 * DAY })).map(([at, ms]) => at + ms),
    fc.integer({ min: Date.parse('2010-01-01T00:00:00Z'), max: Date.parse('2030-01-01T00:00:00Z') }),
  )
  .map((ms) => new Date(ms));
/** In ms, so that nothing is lost to fractions. */
const lengths = fc.integer({ min: 1, max: 2 * DAY }).map((ms) => ms / 60_000);
const runs = { numRuns: 150 };

describe('over any calendar, zone and instant', () => {
  it('what is added lies between, and is open up to there', () => {
    fc.assert(
      fc.property(definitions, instants, lengths, (definition, start, minutes) => {
        const calendar = calendarOf(definition);
        const end = add(calendar, start, minutes);
        expect(between(calendar, start, end)).toBeCloseTo(minutes, 9);
        expect(isOpen(calendar, new Date(end.getTime() - 1))).toBe(true);
      }),
      runs,
    );
  });

  it('subtracting undoes adding, up to closed time', () => {
    fc.assert(
      fc.property(definitions, instants, lengths, (definition, start, minutes) => {
        const calendar = calendarOf(definition);
        expect(subtract(calendar, add(calendar, start, minutes), minutes)).toEqual(nextOpening(calendar, start));
        const before = subtract(calendar, start, minutes);
        expect(between(calendar, before, start)).toBeCloseTo(minutes, 9);
        expect(isOpen(calendar, before)).toBe(true);
      }),
      runs,
    );
  });

  it('is monotone in the start and in the length', () => {
    fc.assert(
      fc.property(definitions, instants, instants, lengths, lengths, (definition, one, other, shorter, more) => {
        const calendar = calendarOf(definition);
        const [early, late] = one <= other ? [one, other] : [other, one];
        expect(add(calendar, early, shorter) <= add(calendar, late, shorter)).toBe(true);
        expect(add(calendar, early, shorter) < add(calendar, early, shorter + more)).toBe(true);
      }),
      runs,
    );
  });

  it('the parts of an interval make the whole', () => {
    fc.assert(
      fc.property(definitions, instants, fc.nat(20 * DAY), fc.nat(20 * DAY), (definition, start, first, second) => {
        const calendar = calendarOf(definition);
        const middle = new Date(start.getTime() + first);
        const end = new Date(middle.getTime() + second);
        const parts = between(calendar, start, middle) + between(calendar, middle, end);
        expect(parts).toBeCloseTo(between(calendar, start, end), 6);
        expect(between(calendar, start, end)).toBeLessThanOrEqual((first + second) / 60_000);
      }),
      runs,
    );
  });

  it('its periods are in order, apart, open inside and closed outside', () => {
    fc.assert(
      fc.property(definitions, instants, (definition, start) => {
        const calendar = calendarOf(definition);
        const found = periods(calendar, start, 12);
        let before = start.getTime();
        for (const period of found) {
          expect(period.start.getTime()).toBeGreaterThanOrEqual(before);
          expect(period.end > period.start).toBe(true);
          expect(isOpen(calendar, period.start)).toBe(true);
          expect(isOpen(calendar, new Date(period.end.getTime() - 1))).toBe(true);
          if (period.start.getTime() - 1 > before)
            expect(isOpen(calendar, new Date(period.start.getTime() - 1))).toBe(false);
          before = period.end.getTime();
        }
      }),
      runs,
    );
  });

  it('is open when the clock on the wall shows a time of its hours', () => {
    fc.assert(
      fc.property(definitions, instants, (definition, at) => {
        const local = DateTime.fromJSDate(at, { zone: definition.timeZone });
        // What holds on the days at which the clock jumps is in the table.
        const offsets = [-2, 0, 2].map((days) => local.plus({ hours: 24 * days }).offset);
        fc.pre(new Set(offsets).size === 1);
        expect(isOpen(calendarOf(definition), at)).toBe(isShown(definition, local));
      }),
      { numRuns: 500 },
    );
  });
});

/** The same said once more, minute by minute. */
function isShown({ hours, holidays = [] }: CalendarDefinition, local: DateTime): boolean {
  const beginning = (day: DateTime) => {
    const date = day.toISODate() ?? '';
    const dated = holidays.filter((each) => !each.yearly && each.date === date);
    const yearly = holidays.filter((each) => each.yearly && each.date.slice(5) === date.slice(5));
    const special = dated.length > 0 ? dated : yearly;
    if (special.length === 0) return { differs: false, spans: hours.filter(({ weekday }) => weekday === day.weekday) };
    const closed = special.some(({ hours: own = [] }) => own.length === 0);
    return { differs: true, spans: closed ? [] : special.flatMap(({ hours: own = [] }) => own) };
  };
  const minute = local.hour * 60 + local.minute;
  const today = beginning(local);
  const isIn = (at: number) => (span: { from: string; to: string }) => {
    const [from, to] = minutesOf(span);
    return from <= at && at < to;
  };
  if (today.spans.some(isIn(minute))) return true;
  return !today.differs && beginning(local.minus({ days: 1 })).spans.some(isIn(minute + 1440));
}
