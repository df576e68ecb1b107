/** Parts of a day's work in each hour: a morning and a smaller evening. */
export const OF_HOUR: readonly number[] = [1, 1, 0, 0, 0, 1, 2, 5, 9, 12, 13, 12, 9, 9, 10, 10, 9, 8, 8, 9, 8, 5, 3, 2];

/** What of a day is played: before it and after it nobody writes. */
const OPENS = 7;
const CLOSES = 21;
/** A day that is played in so many minutes has the pace that looks right: people read and type as people do. */
const USUAL_MINUTES = 15;
const PER_DAY = 110;
const played = OF_HOUR.slice(OPENS, CLOSES);
const most = Math.max(...played);
const all = played.reduce((sum, part) => sum + part, 0);

/**
 * A working day in less time than it takes, again and again. No clock is set for it: what happens in one of its hours happens in
 * the minutes that this hour has here, and bears their real times.
 */
export class Day {
  readonly #lengthMs: number;
  readonly #beganAt: number;

  constructor(minutes: number, now = Date.now()) {
    this.#lengthMs = minutes * 60_000;
    this.#beganAt = now;
  }

  /** How long things take beside a day of the usual length. */
  get pace(): number {
    return this.#lengthMs / (USUAL_MINUTES * 60_000);
  }

  /** Of an hour, how much it takes: 0.018 where fourteen hours take a quarter of one. */
  get scale(): number {
    return this.#lengthMs / ((CLOSES - OPENS) * 3_600_000);
  }

  /** The how-manieth day it is, from 1, and the hour in it: 13.5 is half past one. */
  at(now: number): { readonly number: number; readonly hour: number } {
    const days = (now - this.#beganAt) / this.#lengthMs;
    return { number: Math.floor(days) + 1, hour: OPENS + (days % 1) * (CLOSES - OPENS) };
  }

  /** How much of the busiest hour's traffic there is now, 0 to 1. */
  traffic(now: number): number {
    return (OF_HOUR[Math.floor(this.at(now).hour)] ?? 0) / most;
  }

  /** Between two customers in the busiest hour, on average. Milliseconds. */
  get shortestGapMs(): number {
    return ((this.#lengthMs / (CLOSES - OPENS)) * all) / (PER_DAY * most);
  }
}
