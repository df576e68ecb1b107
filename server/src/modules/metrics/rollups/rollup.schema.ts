import { Schema } from 'mongoose';
import type { Cell } from './cell.ts';
import { emptySums, parts, type Sums } from './sums.ts';

export const grains = ['quarter', 'day', 'month'] as const;
export type Grain = (typeof grains)[number];
/** Stands for all queues together, in days and months. */
export const EVERY_QUEUE = '*';

/** The sums of a stretch of time: a quarter of an hour, or a day or month in the organisation's zone. */
export interface Rollup {
  _id: string;
  grain: Grain;
  queueId: string;
  start: Date;
  all: Cell;
  /** Pairs: the database's field names can't be what people call their tags. */
  channel: [string, Cell][];
  agent: [string, Cell][];
  tag: [string, Cell][];
  /** Tickets opened in each local hour; of a month those of each hour of the week, from Monday. */
  heat: number[];
  /** What it is made of has changed since. */
  stale: boolean;
  /** Counts these changes, so that one that comes while it is summed is not lost. */
  changes: number;
}

const mixed = Schema.Types.Mixed;
export const rollupSchema = new Schema<Rollup>(
  {
    _id: String,
    grain: String,
    queueId: String,
    start: Date,
    all: mixed,
    channel: [mixed],
    agent: [mixed],
    tag: [mixed],
    heat: [Number],
    stale: Boolean,
    changes: Number,
  },
  { versionKey: false, minimize: false },
);
rollupSchema.index({ grain: 1, queueId: 1, start: 1 });
rollupSchema.index({ grain: 1, start: 1 });
rollupSchema.index({ grain: 1, stale: 1, start: 1 });

export const rollupId = ({ grain, queueId, start }: Pick<Rollup, 'grain' | 'queueId' | 'start'>): string =>
  `${grain}:${queueId}:${start.toISOString()}`;

export const stored = (sums: Sums): Pick<Rollup, 'all' | (typeof parts)[number]> => ({
  all: sums.all,
  channel: Object.entries(sums.channel),
  agent: Object.entries(sums.agent),
  tag: Object.entries(sums.tag),
});

export function sumsOf(rollup: Pick<Rollup, 'all'> & Partial<Pick<Rollup, (typeof parts)[number]>>): Sums {
  const sums = emptySums();
  sums.all = rollup.all;
  for (const part of parts) for (const [key, cell] of rollup[part] ?? []) sums[part][key] = cell;
  return sums;
}
