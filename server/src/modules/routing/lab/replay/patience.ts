/** A customer who waited: for so long, and then left, or was given to somebody first. */
export interface Wait {
  readonly ms: number;
  readonly left: boolean;
}
/** How long somebody waits who has waited for `ms` already; `u` from 0 until before 1. Infinity: longer than anybody did. */
export type Patience = (u: number, ms: number) => number;

/**
 * From waits of which most ended before anybody lost patience: the share that is still there after each time at which somebody
 * left (Kaplan and Meier, https://www.jstor.org/stable/2281868).
 */
export function patienceOf(waits: readonly Wait[]): Patience {
  const sorted = waits.toSorted((a, b) => a.ms - b.ms);
  const curve: { ms: number; still: number }[] = [];
  let still = 1;
  sorted.forEach(({ ms, left }, at) => {
    if (!left) return;
    still *= 1 - 1 / (sorted.length - at);
    curve.push({ ms, still });
  });
  return (u, ms) => {
    const now = curve.findLast((point) => point.ms <= ms)?.still ?? 1;
    // The last of all may have left: nobody is known to wait longer, so what is left of the share lasts.
    return curve.find((point) => point.ms > ms && point.still <= now * (1 - u))?.ms ?? Infinity;
  };
}
