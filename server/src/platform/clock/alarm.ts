/** Longest wait of setTimeout is 2^31 ms; going off early is harmless, who is woken looks at the time. */
const LONGEST_MS = 3_600_000;

/** One timer, set to the earliest of the instants it is given. */
export class Alarm {
  #set: { at: number; timer: NodeJS.Timeout } | undefined;
  #closed = false;

  constructor(private readonly ring: () => void) {}

  at(instant: Date): void {
    const at = instant.getTime();
    if (this.#closed || (this.#set && this.#set.at <= at)) return;
    clearTimeout(this.#set?.timer);
    // setTimeout counts whole milliseconds from a time a fraction ago: one more, so as not to ring before.
    const timer = setTimeout(() => this.#ring(), Math.min(Math.max(at - Date.now() + 1, 1), LONGEST_MS));
    timer.unref();
    this.#set = { at, timer };
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#set?.timer);
  }

  #ring(): void {
    this.#set = undefined;
    this.ring();
  }
}
