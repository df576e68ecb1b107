import type { Figure, Figures, MetricClock, MetricId } from '@switchboard/contract';
import type { Cell, Count, Time } from '../rollups/cell.ts';
import { quantiles } from '../rollups/sketch.ts';

type Make = (cell: Cell, clock: MetricClock) => Figure;

const sumOf = ({ n }: Cell, names: readonly Count[]): number => names.reduce((sum, name) => sum + (n[name] ?? 0), 0);
const tenths = (value: number): number => Math.round(value * 10) / 10;

const count =
  (name: Count): Make =>
  ({ n }) => ({ value: n[name] ?? 0, n: n[name] ?? 0 });

const duration =
  (time: Time): Make =>
  (cell, clock) => {
    const timed = cell[clock][time];
    if (timed === undefined || timed.n === 0) return { value: null, n: 0, mean: null, p90: null };
    const { n, sum, bins } = timed;
    const [median = null, p90 = null] = quantiles(bins, 0.5, 0.9);
    return { value: median, n, mean: Math.round(sum / n), p90 };
  };

const share =
  (of: readonly Count[], all: readonly Count[]): Make =>
  (cell) => {
    const n = sumOf(cell, all);
    return { value: n === 0 ? null : tenths((100 * sumOf(cell, of)) / n), n };
  };

const remainder =
  (less: Count, all: Count): Make =>
  ({ n }) => {
    const whole = n[all] ?? 0;
    return { value: whole === 0 ? null : tenths(100 - (100 * (n[less] ?? 0)) / whole), n: whole };
  };

/** The dictionary's formulas. */
const makes: Readonly<Record<MetricId, Make>> = {
  opened: count('opened'),
  resolved: count('resolved'),
  backlogGrowth: (cell) => {
    const [came, went] = [sumOf(cell, ['opened', 'reopened']), cell.n.resolved ?? 0];
    return { value: came - went, n: came + went };
  },
  firstResponse: duration('firstResponse'),
  nextResponse: duration('nextResponse'),
  firstResolution: duration('firstResolution'),
  resolution: duration('resolution'),
  serviceLevel: share(['answeredInTime'], ['answered', 'abandoned']),
  slaMet: share(['promisesKept'], ['promisesEnded']),
  asa: (cell, clock) => {
    const { mean = null, ...rest } = duration('wait')(cell, clock);
    return { ...rest, mean, value: mean };
  },
  aht: ({ n: { resolved = 0 }, calendar: { handling } }) =>
    resolved === 0 || handling === undefined
      ? { value: null, n: 0 }
      : { value: Math.round(handling.sum / resolved), n: resolved },
  occupancy: ({ calendar: { handling, available } }) =>
    available === undefined || available.sum === 0
      ? { value: null, n: 0 }
      : {
          value: Math.min(100, tenths((100 * (handling?.sum ?? 0)) / available.sum)),
          n: Math.ceil(available.sum / 60_000),
        },
  abandonment: share(['abandoned'], ['answered', 'abandoned']),
  oneTouch: share(['oneTouch'], ['resolvedLast']),
  firstContact: remainder('contactedAgain', 'resolved'),
  reopenRate: share(['reopened'], ['resolved']),
  transferRate: share(['transferred'], ['assigned']),
  csat: share(['ratedWell'], ['rated']),
  csatResponse: share(['rated'], ['asked']),
};

export function figuresOf(cell: Cell, clock: MetricClock): Figures {
  return Object.fromEntries(Object.entries(makes).map(([id, make]) => [id, make(cell, clock)])) as Figures;
}
