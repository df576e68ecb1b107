const repeatMs = 3000;
const idleMs = 5000;

interface TypingTimers {
  now(): number;
  /** Runs once after the time; the answer cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** Tells the other side that somebody writes: at once, again every few seconds while he does, and when he stops. */
export class TypingSignal {
  readonly #tell: (typing: boolean) => void;
  readonly #timers: TypingTimers;
  #toldAt = 0;
  #cancel: (() => void) | null = null;

  constructor(tell: (typing: boolean) => void, timers: TypingTimers) {
    this.#tell = tell;
    this.#timers = timers;
  }

  typed(): void {
    const now = this.#timers.now();
    if (this.#cancel === null || now - this.#toldAt >= repeatMs) {
      this.#toldAt = now;
      this.#tell(true);
    }
    this.#cancel?.();
    this.#cancel = this.#timers.after(idleMs, () => this.stopped());
  }

  stopped(): void {
    if (this.#cancel === null) return;
    this.#cancel();
    this.#cancel = null;
    this.#tell(false);
  }
}
