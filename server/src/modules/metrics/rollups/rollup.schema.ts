import { isDeepStrictEqual } from 'node:util';
import { MetricClock } from '@switchboard/contract';
import { Schema } from 'mongoose';
import { addCount, addTimes, emptyCell, plainTimes, type Cell, type Count, type Time, type Timed } from './cell.ts';
import { addBlock, blocks, packCells, type Block, type Blocks, type KeyedCells } from './packed-cells.ts';
import { addPacked, noBins, pack } from './sketch.ts';
import { cellOf, emptySums, parts, type Part, type Sums } from './sums.ts';

export type Grain = 'quarter' | 'day' | 'month';
/** Stands for all queues together, in days and months. */
export const EVERY_QUEUE = '*';

/** Which stretch of time of which queue: a quarter of an hour, or a day or month in the organisation's zone. */
export interface Slot {
  readonly grain: Grain;
  readonly queueId: string;
  readonly start: Date;
}

// lean() gives BSON's Binary where a hydrated document would give a Buffer.
type Bytes = Uint8Array | { buffer: Uint8Array };
/** The sums of a slot, in all or by one of the parts: who asks for one reads no other. */
export interface Rollup extends Slot, Partial<Record<Block, Bytes>> {
  _id: string;
  part: 'all' | Part;
  /** Of a quarter, which is written often and is small. */
  cells?: StoredCell[];
  /** Of a day or month: what the cells of its blocks are of. */
  keys?: string[];
  /** Of all: what it is made of has changed since. */
  stale?: boolean;
  /** Counts these changes, so that one that comes while it is summed is not lost. */
  changes?: number;
}
type StoredTimes = Partial<Record<Time, Omit<Timed, 'bins'> & { bins: Bytes }>>;
export interface StoredCell extends Record<MetricClock, StoredTimes> {
  /** The queue, channel, agent or tag; empty in all. */
  key: string;
  n: Cell['n'];
}
export type StoredSums = Slot & Pick<Rollup, '_id' | 'part'> & (Required<Pick<Rollup, 'cells'>> | StoredBlocks);
type StoredBlocks = { keys: string[] } & Blocks;

const mixed = Schema.Types.Mixed;
export const rollupSchema = new Schema<Rollup>(
  {
    ...{ _id: String, grain: String, part: String, queueId: String, start: Date },
    cells: { type: [mixed], default: undefined },
    keys: { type: [String], default: undefined },
    ...{ counts: Buffer, plain: Buffer, calendar: Buffer, business: Buffer, heat: Buffer },
    ...{ stale: Boolean, changes: Number },
  },
  { versionKey: false, minimize: false },
);
rollupSchema.index({ grain: 1, part: 1, queueId: 1, start: 1 });
rollupSchema.index({ grain: 1, part: 1, start: 1 });
rollupSchema.index({ grain: 1, stale: 1, start: 1 });

export const rollupId = ({ grain, queueId, start }: Slot, part: Rollup['part'] = 'all'): string =>
  `${grain}:${part}:${queueId}:${start.toISOString()}`;

/** The documents of a slot, as they are to be; that of all comes first. */
export function stored(slot: Slot, sums: Sums): StoredSums[] {
  const { grain, queueId, start } = slot;
  const of = (part: Rollup['part'], cells: KeyedCells): StoredSums => ({
    ...{ _id: rollupId(slot, part), grain, part, queueId, start },
    ...(grain === 'quarter'
      ? { cells: cells.map(([key, cell]) => storedCell(key, cell)) }
      : { keys: cells.map(([key]) => key), ...packCells(cells) }),
  });
  // By queue only all queues together are told.
  const own = parts.filter((part) => part !== 'queue' || queueId === EVERY_QUEUE);
  return [of('all', [['', sums.all]]), ...own.map((part) => of(part, byKey(sums[part])))];
}

/** Whether a day's or month's document is what it is to be. */
export const isSame = (due: StoredSums, found: Rollup | undefined): boolean =>
  found !== undefined &&
  'keys' in due &&
  isDeepStrictEqual(due.keys, found.keys) &&
  blocks.every((block) => found[block] !== undefined && Buffer.compare(due[block], bytesOf(found[block])) === 0);

/** In one order, so that the same sums are the same bytes. */
const byKey = (cells: Record<string, Cell>): KeyedCells =>
  Object.entries(cells).toSorted(([one], [other]) => (one < other ? -1 : 1));

/** What some documents come to together. */
export function sumsOf(rollups: readonly Rollup[]): Sums {
  const sums = emptySums();
  for (const rollup of rollups) addRollup(rollup, MetricClock.options, (key) => cellOf(sums, rollup.part, key));
  return sums;
}

/** Adds a document's cells to those that `placeOf` gives for their keys, by one clock or by both. */
export function addRollup(
  { cells, keys, ...rollup }: Rollup,
  clocks: readonly MetricClock[],
  placeOf: (key: string) => Cell | undefined,
): void {
  for (const stored of cells ?? []) {
    const cell = placeOf(stored.key);
    if (cell !== undefined) addStored(cell, stored, clocks);
  }
  if (keys === undefined) return;
  const wanted = keys.map(placeOf);
  for (const block of ['counts', 'plain', ...clocks] as const) {
    const bytes = rollup[block];
    if (bytes !== undefined) addBlock(block, bytesOf(bytes), (at) => wanted[at]);
  }
}

const bytesOf = (bytes: Bytes): Uint8Array => (bytes instanceof Uint8Array ? bytes : bytes.buffer);

function addStored(cell: Cell, { n, ...times }: StoredCell, clocks: readonly MetricClock[]): void {
  for (const [count, value] of Object.entries(n) as [Count, number][]) addCount(cell, count, value);
  for (const clock of MetricClock.options)
    for (const [time, timed] of Object.entries(times[clock]) as [Time, Required<StoredTimes>[Time]][])
      if (clocks.includes(clock) || (clock === 'calendar' && plainTimes.has(time)))
        addPacked(addTimes(cell, clock, time, timed), bytesOf(timed.bins));
}

/** How many tickets were opened in which of its hours, of each thing that its cells are of; of a quarter all in its one. */
export function openedOf({ cells, keys = [], heat }: Rollup, wanted: (key: string) => boolean): Opened[] {
  if (cells !== undefined)
    return cells.filter(({ key }) => wanted(key)).map(({ key, n }) => ({ key, hour: 0, count: n.opened ?? 0 }));
  const found = keys.map((key) => (wanted(key) ? emptyCell() : undefined));
  if (heat !== undefined) addBlock('heat', bytesOf(heat), (at) => found[at]);
  return found.flatMap((cell, at) => {
    const { first, counts } = cell?.heat ?? noBins();
    return counts.map((count, after) => ({ key: keys[at] ?? '', hour: first + after, count }));
  });
}
export interface Opened {
  readonly key: string;
  readonly hour: number;
  readonly count: number;
}

const storedCell = (key: string, { n, calendar, business }: Cell): StoredCell => ({
  ...{ key, n, calendar: storedTimes(calendar), business: storedTimes(business) },
});
const storedTimes = (times: Cell['calendar']): StoredTimes =>
  Object.fromEntries(Object.entries(times).map(([time, { n, sum, bins }]) => [time, { n, sum, bins: pack(bins) }]));
