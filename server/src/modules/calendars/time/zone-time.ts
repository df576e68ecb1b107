import { IANAZone } from 'luxon';

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Days since 1970-01-01, as the calendar on the wall counts them. */
export type Day = number;

/**
 * Between instants (epoch ms) and the clock on the wall of a zone. A time that the clock shows twice (autumn) is the first
 * of the two. One that it skips (spring) begins as much later as the clock jumps, as iCalendar and Temporal have it, and
 * ends when it jumps: what lies within the skipped hour has no length.
 */
export class ZoneTime {
  private readonly zone: IANAZone;

  constructor(name: string) {
    this.zone = IANAZone.create(name);
  }

  dayOf(at: number): Day {
    return Math.floor((at + this.offset(at)) / DAY_MS);
  }

  beginOf(day: Day, minute: number): number {
    const { at, later } = this.find(day * DAY_MS + minute * MINUTE_MS);
    return at ?? later;
  }

  endOf(day: Day, minute: number): number {
    const { at, sooner, later } = this.find(day * DAY_MS + minute * MINUTE_MS);
    return at ?? this.jumpBetween(sooner, later);
  }

  private offset(at: number): number {
    return this.zone.offset(at) * MINUTE_MS;
  }

  /** `at` is null where the clock never shows this; it jumps between the two others. */
  private find(local: number): { at: number | null; sooner: number; later: number } {
    const before = this.offset(local - DAY_MS);
    const after = this.offset(local + DAY_MS);
    const candidates = [local - before, local - after].sort((one, other) => one - other) as [number, number];
    const at = candidates.find((candidate) => candidate + this.offset(candidate) === local) ?? null;
    return { at, sooner: candidates[0], later: candidates[1] };
  }

  private jumpBetween(sooner: number, later: number): number {
    const before = this.offset(sooner);
    let [low, high] = [sooner, later];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.offset(middle) === before) low = middle;
      else high = middle;
    }
    return high;
  }
}
