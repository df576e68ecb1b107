import { isPositive, MetricClock, SHORT_ABANDON_MS, USUAL_ANSWER_MS } from '@switchboard/contract';
import type { Fact } from '../facts/fact.schema.ts';
import { addBins, addTo, bin, noBins, type Bins } from './sketch.ts';

/** What is counted, and what is timed. */
export const counts = [
  'opened',
  'assigned',
  'answered',
  'answeredInTime',
  'abandoned',
  'abandonedShortly',
  'resolved',
  'resolvedLast',
  'oneTouch',
  'contactedAgain',
  'reopened',
  'transferred',
  'promisesKept',
  'promisesEnded',
  'asked',
  'rated',
  'ratedWell',
] as const;
export type Count = (typeof counts)[number];
export const times = [
  'firstResponse',
  'nextResponse',
  'firstResolution',
  'resolution',
  'wait',
  'handling',
  'available',
] as const;
export type Time = (typeof times)[number];
/** Told by the calendar alone, and by their sum alone. */
export const plainTimes: ReadonlySet<Time> = new Set(['handling', 'available']);

export interface Timed {
  n: number;
  /** ms */
  sum: number;
  bins: Bins;
}
/** A sum of facts; of several cells the sum is the cell of all their facts. */
export interface Cell {
  n: Partial<Record<Count, number>>;
  /** Each by the calendar and by the opening hours. */
  calendar: Partial<Record<Time, Timed>>;
  business: Partial<Record<Time, Timed>>;
  /** Of days and months: tickets opened in each local hour, of the day or of the week from Monday. */
  heat?: Bins;
}

interface Share {
  readonly counts: readonly (Count | false)[];
  readonly times: readonly (Time | false)[];
}
const none: readonly never[] = [];
const promises = ({ inTime }: Fact): (Count | false)[] =>
  inTime === undefined ? [] : ['promisesEnded', inTime && 'promisesKept'];

/** What one fact adds. */
const shares: Readonly<Record<Fact['kind'], (fact: Fact) => Share>> = {
  opened: () => ({ counts: ['opened'], times: none }),
  assigned: () => ({ counts: ['assigned'], times: ['wait'] }),
  'first-response': (fact) => ({
    counts: ['answered', (fact.inTime ?? (fact.ms ?? 0) <= USUAL_ANSWER_MS) && 'answeredInTime', ...promises(fact)],
    times: ['firstResponse'],
  }),
  'next-response': (fact) => ({ counts: promises(fact), times: ['nextResponse'] }),
  abandoned: ({ ms = 0 }) => ({ counts: [ms < SHORT_ABANDON_MS ? 'abandonedShortly' : 'abandoned'], times: none }),
  resolved: (fact) => ({
    counts: [
      'resolved',
      fact.last === true && 'resolvedLast',
      fact.last === true && fact.oneTouch === true && 'oneTouch',
      fact.again === true && 'contactedAgain',
      ...promises(fact),
    ],
    times: [fact.first === true && 'firstResolution', fact.last === true && 'resolution'],
  }),
  reopened: () => ({ counts: ['reopened'], times: none }),
  transferred: () => ({ counts: ['transferred'], times: none }),
  asked: ({ rating }) => ({
    counts: ['asked', rating !== undefined && 'rated', rating !== undefined && isPositive(rating) && 'ratedWell'],
    times: none,
  }),
  handled: () => ({ counts: none, times: ['handling'] }),
  'wrapped-up': () => ({ counts: none, times: ['handling'] }),
  available: () => ({ counts: none, times: ['available'] }),
};

export const emptyCell = (): Cell => ({ n: {}, calendar: {}, business: {} });

export function addFact(cell: Cell, fact: Fact): void {
  const share = shares[fact.kind](fact);
  for (const count of share.counts) if (count !== false) addCount(cell, count, 1);
  for (const time of share.times) {
    if (time === false) continue;
    for (const [clock, ms = 0] of [
      ['calendar', fact.ms],
      ['business', fact.businessMs],
    ] as const)
      addTo(addTimes(cell, clock, time, { n: 1, sum: ms }), bin(ms), 1);
  }
}

/** Adds the second to the first, but for its hours, which may be others of the whole. */
export function mergeInto(cell: Cell, other: Cell): void {
  for (const [count, value] of Object.entries(other.n) as [Count, number][]) addCount(cell, count, value);
  for (const clock of MetricClock.options)
    for (const [time, timed] of Object.entries(other[clock]) as [Time, Timed][]) {
      addBins(addTimes(cell, clock, time, timed), timed.bins);
    }
}

export function addCount({ n }: Cell, count: Count, value: number): void {
  n[count] = (n[count] ?? 0) + value;
}

/** Gives the bins, which are still to be added to. */
export function addTimes(cell: Cell, clock: MetricClock, time: Time, { n, sum }: Pick<Timed, 'n' | 'sum'>): Bins {
  const timed = (cell[clock][time] ??= { n: 0, sum: 0, bins: noBins() });
  timed.n += n;
  timed.sum += sum;
  return timed.bins;
}
