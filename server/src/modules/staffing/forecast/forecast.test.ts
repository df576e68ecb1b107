import { describe, expect, it } from '@jest/globals';
import { backTest } from './back-test.ts';
import { forecast } from './forecast.ts';
import { dayNumber, sum, usualDays, weekdayOf, type Day } from './history.ts';
import { methods } from './methods.ts';

const shape = [1, 3, 6, 8, 7, 5, 3, 1].map((share) => share / 34);
const weekdays = [1.4, 1.1, 1, 0.95, 1.05, 0.5, 0];
const dateAt = (day: number) => new Date(Date.UTC(2026, 0, 5 + day)).toISOString().slice(0, 10);
const endOfMonth = (date: string) => (Number(date.slice(8)) >= 28 || Number(date.slice(8)) <= 2 ? 1.3 : 1);

/** Poisson counts from a seed: the same history each time. */
function centre(days: number, perDay: number, more: { month?: boolean; level?: (day: number) => number } = {}): Day[] {
  let seed = 42;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const poisson = (mean: number) => {
    let count = 0;
    for (let product = random(); product > Math.exp(-mean); product *= random()) count++;
    return count;
  };
  return Array.from({ length: days }, (_, day) => {
    const date = dateAt(day);
    const level = perDay * (more.level?.(day) ?? 1) * (more.month ? endOfMonth(date) : 1);
    return { date, counts: shape.map((share) => poisson(level * share * weekdays[weekdayOf(date)]!)) };
  });
}
const next = (days: number) => Array.from({ length: 14 }, (_, ahead) => dateAt(days + ahead));
const totalOf = (date: string, days: readonly { date: string; expected: readonly number[] }[]) =>
  sum(days.find((day) => day.date === date)!.expected);

describe('the forecast', () => {
  it('finds weekday and hour, and comes near to what chance allows', () => {
    const found = forecast(centre(84, 400), next(84))!;
    for (const { date, expected } of found.days)
      expected.forEach((count, slot) => {
        const true_ = 400 * shape[slot]! * weekdays[weekdayOf(date)]!;
        expect(Math.abs(count - true_)).toBeLessThan(0.12 * true_ + 1.5);
      });
    expect(found.error.wape).toBeLessThan(found.error.chance * 1.15);
    expect(found.error.wape).toBeGreaterThan(found.error.chance * 0.85);
  });

  it('has a band that holds about four of five intervals that it has not seen', () => {
    const history = centre(98, 400);
    const { days } = forecast(history.slice(0, 84), next(84))!;
    const inside = days.flatMap(({ date, low, high }) => {
      const { counts } = history.find((day) => day.date === date)!;
      return counts
        .filter((_, slot) => high[slot]! > 0)
        .map((count, slot) => count >= low[slot]! && count <= high[slot]!);
    });
    const share = inside.filter(Boolean).length / inside.length;
    expect(share).toBeGreaterThan(0.68);
    expect(share).toBeLessThan(0.95);
  });

  it('follows a level that grows, where the median of past weeks lags behind', () => {
    const growing = centre(98, 400, { level: (day) => 1 + day / 98 });
    const found = forecast(growing, next(98))!;
    expect(found.method).not.toBe('weekday-median');
    expect(found.error.wape).toBeLessThan(found.tried[0]!.wape * 0.95);
  });

  it('sees the turn of the month once there were two', () => {
    const found = forecast(centre(150, 400, { month: true }), next(150))!;
    expect(found.method).toBe('level-month');
  });

  it('prefers the simpler method where none is really better', () => {
    const steady: Day[] = centre(84, 400).map((day) => ({ ...day, counts: shape.map(() => 20) }));
    expect(forecast(steady, next(84))!.method).toBe('weekday-median');
  });

  it.each([
    ['a holiday', 80, 0],
    ['a flood', 72, 6],
    ['a flood yesterday', 83, 6],
  ])('is not led astray by %s', (_, at, times) => {
    const plain = centre(84, 400);
    const odd = plain.map((day, index) => (index === at ? { ...day, counts: day.counts.map((n) => n * times) } : day));
    const [usual, seen] = [forecast(plain, next(84))!.days, forecast(odd, next(84))!.days];
    for (const { date } of usual) expect(totalOf(date, seen)).toBeLessThan(totalOf(date, usual) * 1.15 + 1);
    for (const { date } of usual) expect(totalOf(date, seen)).toBeGreaterThan(totalOf(date, usual) * 0.9 - 1);
  });

  it('does without days that are missing', () => {
    const gaps = centre(84, 400).filter((_, day) => day % 11 !== 3);
    const found = forecast(gaps, next(84))!;
    expect(totalOf(dateAt(84), found.days)).toBeGreaterThan(400);
    expect(found.error.wape).toBeLessThan(found.error.chance * 1.2);
  });

  it('expects nothing on a weekday on which nothing ever came', () => {
    const sunday = next(84).find((date) => weekdayOf(date) === 6)!;
    expect(totalOf(sunday, forecast(centre(84, 400), next(84))!.days)).toBe(0);
  });

  it('holds for a quiet queue: two a day', () => {
    const found = forecast(centre(70, 2), next(70))!;
    expect(found.error.wape).toBeLessThan(found.error.chance * 1.3);
    expect(sum(found.days.map(({ expected }) => sum(expected)))).toBeGreaterThan(14);
  });

  it('says nothing before three weeks, and nothing of nothing', () => {
    expect(forecast(centre(20, 400), next(20))).toBeNull();
    expect(forecast(centre(21, 400), next(21))).not.toBeNull();
    expect(forecast(centre(84, 0), next(84))).toBeNull();
  });
});

describe('the back-test', () => {
  it('fits on the past only, and compares with each day of the horizon after it', () => {
    const fitted: string[] = [];
    const asked: [string, string][] = [];
    const spy = {
      id: 'level' as const,
      fewestDays: 14,
      fit: (history: readonly Day[]) => {
        fitted.push(history.at(-1)!.date);
        return (date: string) => {
          asked.push([history.at(-1)!.date, date]);
          return shape.map(() => 1);
        };
      },
    };
    backTest(centre(40, 50), spy, { horizonDays: 7, everyDays: 10, fewestDays: 20 });
    expect(fitted).toEqual([dateAt(19), dateAt(29)]);
    expect(asked).toHaveLength(14);
    for (const [known, date] of asked) expect(dayNumber(date) - dayNumber(known)).toBeGreaterThan(0);
  });

  it('measures as one would by hand', () => {
    const days: Day[] = Array.from({ length: 4 }, (_, day) => ({ date: dateAt(day), counts: [10, 0] }));
    const always = { ...methods[0]!, fewestDays: 2, fit: () => () => [7, 1] };
    const test = backTest(days, always, { horizonDays: 9, everyDays: 9, fewestDays: 2 })!;
    expect(test).toMatchObject({ wape: 8 / 20, dayWape: 4 / 20, days: 2 });
    // A Poisson count of mean 1 is off by 2/e, one of mean 7 by 2 e^-7 7^8 / 7!.
    const off = 2 / Math.E + (2 * Math.exp(-7) * 7 ** 8) / 5040;
    expect(test.chance).toBeCloseTo((2 * off) / 20, 12);
  });
});

it('leaves a level that changed for good in the history', () => {
  const doubled = centre(84, 400, { level: (day) => (day < 60 ? 1 : 2.4) });
  expect(usualDays(doubled).filter(({ date }) => date >= dateAt(70)).length).toBeGreaterThan(11);
});
