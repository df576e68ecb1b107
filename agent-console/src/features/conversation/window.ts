/** The part of a long conversation that is drawn. `end`: key of the last item drawn; null: whatever is the newest. */
export interface Window {
  readonly end: string | null;
  readonly size: number;
}
interface Keyed {
  readonly key: string;
}

export const STEP = 60;
/** Enough for several screens, few enough that nothing is ever slow. */
const MOST = 240;
export const newest: Window = { end: null, size: 40 };

export function rangeOf(items: readonly Keyed[], { end, size }: Window): { from: number; to: number } {
  const at = end === null ? -1 : items.findLastIndex((item) => item.key === end);
  const to = at === -1 ? items.length : at + 1;
  return { from: Math.max(0, to - size), to };
}

/** Shows what is above; what is far below is let go. */
export function up(items: readonly Keyed[], window: Window): Window {
  const { from, to } = rangeOf(items, window);
  const first = Math.max(0, from - STEP);
  return between(items, first, Math.min(to, first + MOST));
}

/** Shows what is below; what is far above is let go. */
export function down(items: readonly Keyed[], window: Window): Window {
  const { from, to } = rangeOf(items, window);
  const last = Math.min(items.length, to + STEP);
  return between(items, Math.max(from, last - MOST), last);
}

/** The window in which an item stands with room on both sides. */
export function around(items: readonly Keyed[], index: number): Window {
  const to = Math.min(items.length, index + STEP);
  return between(items, Math.max(0, Math.min(index, to) - STEP), to);
}

function between(items: readonly Keyed[], from: number, to: number): Window {
  const last = items[to - 1];
  return { end: to >= items.length || !last ? null : last.key, size: Math.max(newest.size, to - from) };
}
