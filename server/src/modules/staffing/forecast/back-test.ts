import { dayNumber, sum, type Day } from './history.ts';
import type { Method } from './methods.ts';

export interface ForecastError {
  /** Σ |actual - forecast| ÷ Σ actual, over intervals. */
  readonly wape: number;
  /** The same over whole days. */
  readonly dayWape: number;
  /** What chance alone would do to a perfect forecast of the intervals: no method gets below. */
  readonly chance: number;
  /** Days that were forecast and compared. */
  readonly days: number;
}
export interface Tested extends ForecastError {
  readonly pairs: readonly Pair[];
  /**
   * How unlikely the forecast makes what came (Poisson deviance). Methods are chosen by it, for the least WAPE of a quiet
   * queue has who expects nothing at all.
   */
  readonly deviance: number;
}
export interface Pair {
  readonly expected: number;
  readonly actual: number;
}
export interface Plan {
  /** Each forecast looks so many days ahead … */
  readonly horizonDays: number;
  /** … and is made again after so many. */
  readonly everyDays: number;
  /** The first one knows so many days; all later ones know more. */
  readonly fewestDays: number;
}

/** Rolling origin: fits on what was known at a day, compares with the days after it, moves on. Never on a day that was fitted. */
export function backTest(history: readonly Day[], method: Method, plan: Plan): Tested | null {
  const compared: { actual: readonly number[]; expected: readonly number[] }[] = [];
  for (let known = Math.max(plan.fewestDays, method.fewestDays); known < history.length; known += plan.everyDays) {
    const expect = method.fit(history.slice(0, known));
    const until = dayNumber(history[known - 1]!.date) + plan.horizonDays;
    const ahead = history.slice(known).filter(({ date }) => dayNumber(date) <= until);
    compared.push(...ahead.map(({ date, counts }) => ({ actual: counts, expected: expect(date) })));
  }
  const pairs = compared.flatMap(({ actual, expected }) =>
    actual.map((count, slot) => ({ actual: count, expected: expected[slot] ?? 0 })),
  );
  const days = compared.map(({ actual, expected }) => ({ actual: sum(actual), expected: sum(expected) }));
  const came = sum(days.map(({ actual }) => actual));
  if (came === 0) return null;
  const chance = sum(pairs.map(({ expected }) => chanceDeviation(expected))) / came;
  return {
    wape: wape(pairs, came),
    dayWape: wape(days, came),
    chance,
    days: days.length,
    pairs,
    deviance: sum(pairs.map(deviance)),
  };
}

const wape = (pairs: readonly Pair[], came: number) =>
  sum(pairs.map(({ actual, expected }) => Math.abs(actual - expected))) / came;

function deviance({ actual, expected }: Pair): number {
  const mean = Math.max(expected, 0.01);
  return Math.max(0, 2 * ((actual === 0 ? 0 : actual * Math.log(actual / mean)) - actual + mean));
}

/** Mean absolute deviation of a Poisson count: 2 e^-m m^(⌊m⌋+1) / ⌊m⌋!; √(2m/π) where m is large. */
function chanceDeviation(mean: number): number {
  if (mean > 50) return Math.sqrt((2 * mean) / Math.PI);
  let term = 2 * Math.exp(-mean) * mean;
  for (let k = 1; k <= mean; k++) term *= mean / k;
  return term;
}
