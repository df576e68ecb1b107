import type { HeldRow } from '@switchboard/contract';

export const waits = ({ held }: HeldRow): boolean => held.state === 'waiting';

/** The next to go out first, as the server pages. */
export function bySoonest(a: HeldRow, b: HeldRow): number {
  const [at, bt] = [Date.parse(a.held.until), Date.parse(b.held.until)];
  return at === bt ? (a.id < b.id ? -1 : 1) : at - bt;
}

/** All that is known after this change. What belongs below the last that was loaded comes with its page. */
export function afterChange(
  known: ReadonlyMap<string, HeldRow>,
  change: HeldRow,
  complete: boolean,
): ReadonlyMap<string, HeldRow> {
  const last = [...known.values()].filter(waits).toSorted(bySoonest).at(-1);
  const isBelow = !complete && (last === undefined || bySoonest(change, last) > 0);
  if (!known.has(change.id) && (isBelow || !waits(change))) return known;
  const next = new Map(known).set(change.id, change);
  if (isBelow && waits(change)) next.delete(change.id);
  return next;
}

/**
 * The rows to show. While the list is held (pointer or focus inside, or scrolled) each keeps its place, also one that has
 * gone out since, and what is new is counted.
 */
export function arrange(
  shown: readonly HeldRow[],
  known: ReadonlyMap<string, HeldRow>,
  held: boolean,
): { rows: readonly HeldRow[]; fresh: number } {
  const wanted = [...known.values()].filter(waits).toSorted(bySoonest);
  if (!held) return { rows: wanted, fresh: 0 };
  const present = new Set(shown.map(({ id }) => id));
  const last = shown.at(-1);
  const added = wanted.filter(({ id }) => !present.has(id));
  // An older page goes below, where it moves nothing.
  const below = added.filter((row) => last === undefined || bySoonest(row, last) > 0);
  const rows = [...shown.map((row) => known.get(row.id) ?? row), ...below];
  return { rows, fresh: added.length - below.length };
}
