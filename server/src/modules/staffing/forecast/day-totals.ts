import { sum, weekdayOf, type Day } from './history.ts';
import { solve } from './solve.ts';

/** How much of a day's surprise is taken for a change of the level. */
const LEARNT = 0.1;
const ROUNDS = 4;
/** Pulls the effects of the month towards none, as one day's word against them would. */
const SHRINK_MONTH = 1;
/** Keeps the effect of a weekday that never comes where it began. */
const SHRINK_WEEKDAY = 1e-6;

/**
 * A day's total as level × weekday × (where asked) place in the month, whose two waves follow pay days and invoices.
 * Fitted as counts are distributed (a Poisson regression), so that quiet queues and days without anybody need no special case.
 */
export function dayTotals(history: readonly Day[], { month }: { month: boolean }): (date: string) => number {
  const effects = (date: string) => [...weekday(date), ...(month ? placeInMonth(date) : [])];
  const totals = history.map(({ counts }) => sum(counts));
  const rows = history.map(({ date }) => effects(date));
  const open = new Set(history.filter((_, at) => totals[at]! > 0).map(({ date }) => weekdayOf(date)));
  const mean = sum(totals) / Math.max(1, totals.length);
  if (mean === 0) return () => 0;
  const weights = effects('2000-01-01').map((_, at) => (at < 7 ? Math.log(mean) : 0));
  let levels = totals.map(() => 1);
  for (let round = 0; round < ROUNDS; round++) {
    improve(weights, rows, totals, levels);
    levels = levelsOf(
      totals,
      rows.map((row) => Math.exp(dot(row, weights))),
    );
  }
  const level = levels.at(-1) ?? 1;
  return (date) => (open.has(weekdayOf(date)) ? level * Math.exp(dot(effects(date), weights)) : 0);
}

const weekday = (date: string) => Array.from({ length: 7 }, (_, at) => (at === weekdayOf(date) ? 1 : 0));

function placeInMonth(date: string): number[] {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const phase = (2 * Math.PI * (day - 0.5)) / new Date(Date.UTC(year, month, 0)).getUTCDate();
  return [Math.cos(phase), Math.sin(phase), Math.cos(2 * phase), Math.sin(2 * phase)];
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((all, one, at) => all + one * b[at]!, 0);

/** Two Newton steps of the penalised likelihood. */
function improve(
  weights: number[],
  rows: readonly number[][],
  totals: readonly number[],
  levels: readonly number[],
): void {
  const mean = sum(totals) / totals.length;
  for (let step = 0; step < 2; step++) {
    const a = weights.map((_, i) => weights.map((__, j) => (i === j ? shrinkage(i) : 0)));
    const b = weights.map((weight, i) => (i < 7 ? SHRINK_WEEKDAY * weight : 0));
    rows.forEach((row, at) => {
      const effect = dot(row, weights);
      const expected = Math.max(levels[at]! * Math.exp(effect), 1e-6);
      // A usual day weighs one, for the variance of real days grows with more than chance.
      const weight = expected / mean;
      const target = effect + (totals[at]! - expected) / expected;
      for (const i of weights.keys()) {
        b[i]! += weight * row[i]! * target;
        for (const j of weights.keys()) a[i]![j]! += weight * row[i]! * row[j]!;
      }
    });
    solve(a, b).forEach((value, at) => (weights[at] = value));
  }
}

const shrinkage = (at: number) => (at < 7 ? SHRINK_WEEKDAY : SHRINK_MONTH);

/** What came ÷ what was expected, the last days counting most; begins at 1. One flooded day moves it only so far. */
function levelsOf(totals: readonly number[], expected: readonly number[]): number[] {
  let came = sum(expected) / expected.length / LEARNT;
  let due = came;
  return totals.map((total, at) => {
    const likely = (came / due) * expected[at]!;
    const chance = 4 * Math.sqrt(likely);
    came = (1 - LEARNT) * came + LEARNT * Math.min(Math.max(total, likely / 2 - chance), 2 * likely + chance);
    due = (1 - LEARNT) * due + LEARNT * expected[at]!;
    return came / due;
  });
}
