import { backTest, type ForecastError, type Pair, type Tested } from './back-test.ts';
import { quantile, sum, type Day } from './history.ts';
import { methods, type MethodId } from './methods.ts';

/** Until then there is nothing to compare a forecast with: two weeks to learn from, one to look whether it was true. */
export const FEWEST_DAYS = 21;
/** Four in five intervals are meant to lie within the band. */
const BAND = 0.8;
/** The back-test looks at so many of the last days. */
const TESTED_DAYS = 70;
const HORIZON_DAYS = 14;
/** Not a week, so that each weekday is met at each distance. */
const EVERY_DAYS = 5;
/** The simpler method is taken where another one is better by less than this: that would be chance. */
const AS_GOOD = 1.01;

export interface Forecast {
  readonly method: MethodId;
  readonly error: ForecastError;
  /** All that were tried, the simplest first. */
  readonly tried: readonly (ForecastError & { readonly method: MethodId })[];
  readonly days: readonly ForecastDay[];
}
export interface ForecastDay {
  readonly date: string;
  readonly expected: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * Arrivals of days to come, by the method that would have done best in the last weeks. Days may be missing from
 * the history, and from `dates`: what is asked for is forecast as an open day. null: too little is known.
 */
export function forecast(history: readonly Day[], dates: readonly string[]): Forecast | null {
  if (history.length < FEWEST_DAYS) return null;
  const usable = methods.filter(({ fewestDays }) => fewestDays + HORIZON_DAYS / 2 <= history.length);
  // All are judged by the same days.
  const fewestDays = Math.max(history.length - TESTED_DAYS, ...usable.map((method) => method.fewestDays));
  const tests = usable.flatMap((method) => {
    const test = backTest(history, method, { horizonDays: HORIZON_DAYS, everyDays: EVERY_DAYS, fewestDays });
    return test === null ? [] : [{ method, test }];
  });
  const least = Math.min(...tests.map(({ test }) => test.deviance));
  const best = tests.find(({ test }) => test.deviance <= least * AS_GOOD);
  if (best === undefined) return null;
  const expect = best.method.fit(history);
  const band = bandOf(best.test.pairs);
  return {
    method: best.method.id,
    error: errorOf(best.test),
    tried: tests.map(({ method, test }) => ({ method: method.id, ...errorOf(test) })),
    days: dates.map((date) => ({ date, ...band(expect(date)) })),
  };
}

const errorOf = ({ wape, dayWape, chance, days }: Tested): ForecastError => ({ wape, dayWape, chance, days });

/** As wide as the back-test's own errors, which grow with what is expected: by chance, and by the days' difference. */
function bandOf(pairs: readonly Pair[]): (expected: readonly number[]) => Omit<ForecastDay, 'date'> {
  const beyondChance = sum(pairs.map(({ expected, actual }) => (actual - expected) ** 2 - expected));
  const spread = Math.max(0, beyondChance) / Math.max(sum(pairs.map(({ expected }) => expected ** 2)), 1);
  const unit = (expected: number) => Math.sqrt(expected + spread * expected ** 2);
  const off = pairs
    .filter(({ expected }) => expected > 0)
    .map(({ expected, actual }) => (actual - expected) / unit(expected));
  const [low, high] = [quantile(off, (1 - BAND) / 2), quantile(off, (1 + BAND) / 2)];
  return (expected) => ({
    expected,
    low: expected.map((one) => Math.max(0, one + Math.min(0, low) * unit(one))),
    high: expected.map((one) => one + Math.max(0, high) * unit(one)),
  });
}
