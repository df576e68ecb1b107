/** Somebody of the queue was given to an agent. Epoch ms. */
export interface Drained {
  readonly at: number;
  /** Since when they had waited. */
  readonly since: number;
}
export interface WaitRange {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}
interface Asked {
  /** From 1: the next. */
  readonly position: number;
  /** Of the queue, oldest first. */
  readonly drained: readonly Drained[];
  readonly now: number;
}

/** Older ones tell of another hour. */
const WINDOW_MS = 60 * 60_000;
const MOST = 40;
/** Fewer gaps say nothing. */
const LEAST = 5;
/** Standard normal quantiles of the range, so that four of five real waits fall within (replay.test.ts). */
const LOW = -1.1;
const HIGH = 1.35;

/**
 * How long until the one at a position is given to somebody: so many gaps between those who were given away while others
 * waited. Their sum is taken as a gamma variable, wider where few gaps are known. null: nobody knows.
 */
export function estimateWait({ position, drained, now }: Asked): WaitRange | null {
  const gaps = gapsOf(drained, now);
  if (gaps.length < LEAST) return null;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / (gaps.length - 1);
  const whole = position * mean;
  // The mean itself is known only so well, and the rate of the coming minutes differs from that of the last ones.
  const spread = position * variance + (whole ** 2 * (variance / mean ** 2 + DRIFT)) / gaps.length;
  return { fromSeconds: quantile(whole, spread, LOW) / 1000, toSeconds: quantile(whole, spread, HIGH) / 1000 };
}
const DRIFT = 1;

/** Only while somebody waited all the time: otherwise a gap tells of arrivals. The one that still runs counts once it is long. */
export function gapsOf(drained: readonly Drained[], now: number): number[] {
  const recent = drained.filter(({ at }) => at > now - WINDOW_MS).slice(-MOST);
  const gaps = recent.flatMap(({ at, since }, index) => {
    const before = recent[index - 1]?.at;
    return before !== undefined && since <= before ? [at - before] : [];
  });
  const running = now - (recent.at(-1)?.at ?? now);
  return running > Math.max(0, ...gaps) ? [...gaps, running] : gaps;
}

/** Of a gamma variable, by Wilson and Hilferty's cube. */
function quantile(mean: number, variance: number, z: number): number {
  if (variance <= 0) return mean;
  const ninth = variance / (9 * mean ** 2);
  return mean * Math.max(0, 1 - ninth + z * Math.sqrt(ninth)) ** 3;
}

/** For people: “You are number 3. Usually 2–5 minutes.” */
export function waitText(position: number, range: WaitRange | null): string {
  const place = position === 1 ? 'You are next.' : `You are number ${position}.`;
  if (range === null) return place;
  const from = Math.max(1, Math.floor(range.fromSeconds / 60));
  const to = Math.max(from, Math.ceil(range.toSeconds / 60));
  if (to === 1) return `${place} Usually about a minute.`;
  return from === to ? `${place} Usually about ${to} minutes.` : `${place} Usually ${from}–${to} minutes.`;
}
