const FEWEST = 8;
const MOST = 256;
const START = 64;
/** A process whose event loop is later than this keeps its agents waiting. */
const LATE_MS = 100;
/** Well below what providers wait for; Meta wants 250 ms as the median. */
const SLOW_MS = 150;

/**
 * How much may be taken at once: as much as this machine does in good time. It grows slowly while all is well and
 * shrinks fast when it is not, as TCP does. By Little's law fewer at once means that each is done sooner.
 */
export class LoadLimit {
  #places = START;

  get places(): number {
    return this.#places;
  }

  /** `lateMs`: how late the event loop is. `tookMs`: what the last ones took on average. `inUse`: how many are in work. */
  adjust({ lateMs, tookMs, inUse }: { lateMs: number; tookMs: number; inUse: number }): void {
    if (lateMs > LATE_MS || tookMs > SLOW_MS) this.#places = Math.max(FEWEST, Math.floor(this.#places * 0.7));
    // More room than anybody uses would say nothing about whether it can be borne.
    else if (inUse * 2 > this.#places || this.#places < START) this.#places = Math.min(MOST, this.#places + 4);
  }
}
