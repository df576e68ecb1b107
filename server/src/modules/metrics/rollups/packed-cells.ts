import { MetricClock } from '@switchboard/contract';
import { ByteReader, ByteWriter } from './bytes.ts';
import { addCount, addTimes, counts, plainTimes, times, type Cell, type Count, type Time } from './cell.ts';
import { addTo, noBins, type Bins } from './sketch.ts';

/**
 * The cells of a day or month, packed: of two years a report reads thousands, and a document of BSON for each of their durations
 * takes ten times as long. What a report of one clock does not need lies in a block of its own, which it leaves out.
 */
export const blocks = ['counts', 'plain', ...MetricClock.options, 'heat'] as const;
export type Block = (typeof blocks)[number];
export type Blocks = Record<Block, Uint8Array>;
export type KeyedCells = readonly (readonly [key: string, cell: Cell])[];

/** What the numbers of a block are, so that more can be counted later, and how long each cell's part is. */
interface Head {
  readonly names: readonly string[];
  readonly sizes: readonly number[];
}
type Write = (out: ByteWriter, cell: Cell, name: string) => void;
type Read = (bytes: ByteReader, cell: Cell, name: string) => void;

const answerTimes = times.filter((time) => !plainTimes.has(time));
const codecs: Readonly<Record<Block, { names: readonly string[]; write: Write; read: Read }>> = {
  counts: {
    names: counts,
    write: (out, { n }, name) => out.whole(n[name as Count] ?? 0),
    read(bytes, cell, name) {
      const count = bytes.whole();
      if (count > 0) addCount(cell, name as Count, count);
    },
  },
  // Only their sums are asked for.
  plain: timesOf('calendar', [...plainTimes], false),
  calendar: timesOf('calendar', answerTimes, true),
  business: timesOf('business', answerTimes, true),
  heat: {
    names: ['hours'],
    write: (out, { heat }) => writeBins(out, heat ?? noBins()),
    read: (bytes, cell) => readBins(bytes, (cell.heat ??= noBins())),
  },
};

export function packCells(cells: KeyedCells): Blocks {
  const of = (block: Block) => packed(block, cells);
  const [counted, plain] = [of('counts'), of('plain')];
  return { counts: counted, plain, calendar: of('calendar'), business: of('business'), heat: of('heat') };
}

function packed(block: Block, cells: KeyedCells): Buffer {
  const { names, write } = codecs[block];
  const body = new ByteWriter();
  const sizes = cells.map(([, cell]) => {
    const start = body.length;
    for (const name of names) write(body, cell, name);
    return body.length - start;
  });
  const head = Buffer.from(JSON.stringify({ names, sizes } satisfies Head));
  const out = new ByteWriter();
  out.whole(head.length);
  out.bytes(head);
  out.bytes(body.done());
  return out.done();
}

/** Adds a block's cells to those that `cellOf` gives for their places; it skips what has none. */
export function addBlock(block: Block, packed: Uint8Array, cellOf: (at: number) => Cell | undefined): void {
  const bytes = new ByteReader(packed);
  const { names, sizes } = JSON.parse(bytes.text(bytes.whole())) as Head;
  const { read } = codecs[block];
  sizes.forEach((size, at) => {
    const end = bytes.at + size;
    const cell = cellOf(at);
    if (cell !== undefined) for (const name of names) read(bytes, cell, name);
    bytes.at = end;
  });
}

function timesOf(clock: MetricClock, names: readonly Time[], withBins: boolean) {
  return {
    names,
    write(out: ByteWriter, cell: Cell, name: string) {
      const timed = cell[clock][name as Time];
      out.whole(timed?.n ?? 0);
      if (timed === undefined || timed.n === 0) return;
      out.number(timed.sum);
      writeBins(out, withBins ? timed.bins : noBins());
    },
    read(bytes: ByteReader, cell: Cell, name: string) {
      const n = bytes.whole();
      if (n > 0) readBins(bytes, addTimes(cell, clock, name as Time, { n, sum: bytes.number() }));
    },
  };
}

/** How many, and each as how far it is from the one before, and its count. */
function writeBins(out: ByteWriter, { first, counts }: Bins): void {
  out.whole(counts.filter((count) => count > 0).length);
  let reached = 0;
  counts.forEach((count, at) => {
    if (count === 0) return;
    out.whole(first + at - reached);
    out.whole(count);
    reached = first + at;
  });
}

function readBins(bytes: ByteReader, bins: Bins): void {
  let key = 0;
  for (let left = bytes.whole(); left > 0; left -= 1) {
    key += bytes.whole();
    addTo(bins, key, bytes.whole());
  }
}
