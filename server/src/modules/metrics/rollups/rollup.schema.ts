import { MetricClock } from '@switchboard/contract';
import { Schema } from 'mongoose';
import { addCount, addTimes, emptyCell, type Cell, type Count, type Time, type Timed } from './cell.ts';
import { addPacked, pack } from './sketch.ts';
import { emptySums, parts, type Part, type Sums } from './sums.ts';

export type Grain = 'quarter' | 'day' | 'month';
/** Stands for all queues together, in days and months. */
export const EVERY_QUEUE = '*';

/** Which stretch of time of which queue: a quarter of an hour, or a day or month in the organisation's zone. */
export interface Slot {
  readonly grain: Grain;
  readonly queueId: string;
  readonly start: Date;
}

/** The sums of a slot, in all or by one of the parts: who asks for one reads no other. */
export interface Rollup extends Slot {
  _id: string;
  part: 'all' | Part;
  cells: StoredCell[];
  /** Of all: tickets opened in each local hour; of a month those of each hour of the week, from Monday. */
  heat?: number[];
  /** Of all: what it is made of has changed since. */
  stale?: boolean;
  /** Counts these changes, so that one that comes while it is summed is not lost. */
  changes?: number;
}
type StoredTimes = Partial<Record<Time, Omit<Timed, 'bins'> & { bins: Uint8Array | { buffer: Uint8Array } }>>;
export interface StoredCell extends Record<MetricClock, StoredTimes> {
  /** The channel, agent or tag; empty in all. */
  key: string;
  n: Cell['n'];
}

const mixed = Schema.Types.Mixed;
export const rollupSchema = new Schema<Rollup>(
  {
    _id: String,
    grain: String,
    part: String,
    queueId: String,
    start: Date,
    cells: [mixed],
    heat: { type: [Number], default: undefined },
    stale: Boolean,
    changes: Number,
  },
  { versionKey: false, minimize: false },
);
rollupSchema.index({ grain: 1, part: 1, queueId: 1, start: 1 });
rollupSchema.index({ grain: 1, part: 1, start: 1 });
rollupSchema.index({ grain: 1, stale: 1, start: 1 });

export const rollupId = ({ grain, queueId, start }: Slot, part: Rollup['part'] = 'all'): string =>
  `${grain}:${part}:${queueId}:${start.toISOString()}`;

/** The documents of a slot, as they are to be. */
export function stored(
  slot: Slot,
  sums: Sums,
): Pick<Rollup, '_id' | 'grain' | 'part' | 'queueId' | 'start' | 'cells'>[] {
  const { grain, queueId, start } = slot;
  const of = (part: Rollup['part'], cells: StoredCell[]) => ({
    ...{ _id: rollupId(slot, part), grain, part, queueId, start, cells },
  });
  return [
    of('all', [storedCell('', sums.all)]),
    ...parts.map((part) =>
      of(
        part,
        Object.entries(sums[part]).map(([key, cell]) => storedCell(key, cell)),
      ),
    ),
  ];
}

/** What some documents come to together. */
export function sumsOf(rollups: readonly Rollup[]): Sums {
  const sums = emptySums();
  for (const { part, cells } of rollups)
    for (const cell of cells ?? [])
      addStored(part === 'all' ? sums.all : (sums[part][cell.key] ??= emptyCell()), cell, MetricClock.options);
  return sums;
}

/** Adds what is stored, by one clock or by both. */
export function addStored(cell: Cell, { n, ...times }: StoredCell, clocks: readonly MetricClock[]): void {
  for (const [count, value] of Object.entries(n) as [Count, number][]) addCount(cell, count, value);
  for (const clock of clocks)
    for (const [time, timed] of Object.entries(times[clock]) as [Time, Required<StoredTimes>[Time]][]) {
      const bins = addTimes(cell, clock, time, timed);
      // lean() gives BSON's Binary where a hydrated document would give a Buffer.
      addPacked(bins, timed.bins instanceof Uint8Array ? timed.bins : timed.bins.buffer);
    }
}

const storedCell = (key: string, { n, calendar, business }: Cell): StoredCell => ({
  ...{ key, n, calendar: storedTimes(calendar), business: storedTimes(business) },
});
const storedTimes = (times: Cell['calendar']): StoredTimes =>
  Object.fromEntries(Object.entries(times).map(([time, { n, sum, bins }]) => [time, { n, sum, bins: pack(bins) }]));
