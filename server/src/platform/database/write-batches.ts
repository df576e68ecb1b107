import { setTimeout as delay } from 'node:timers/promises';

interface Entry<T> {
  readonly items: readonly T[];
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Gathers what is handed over while a write is under way into the next one. One write at a time, so the order of
 * storing is that of the calls, and the round trips grow with the time that has passed, not with the items.
 */
export class WriteBatches<T> {
  #waiting: Entry<T>[] = [];
  #run: Promise<void> | null = null;

  /** `restMs`: for what nobody waits for, a pause after each write, in which more gathers. */
  constructor(
    private readonly write: (items: T[]) => Promise<void>,
    private readonly maxItems: number,
    private readonly restMs = 0,
  ) {}

  /** Resolves when all the items are written. */
  add(items: readonly T[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
      this.#run ??= this.#writeAll();
    });
  }

  /** Resolves when nothing is under way; the outcome goes to the callers of `add`. */
  async idle(): Promise<void> {
    await this.#run;
  }

  async #writeAll(): Promise<void> {
    await Promise.resolve(); // what is added in this same turn joins the first write
    while (this.#waiting.length > 0) {
      const entries = this.#next();
      try {
        await this.write(entries.flatMap((entry) => entry.items));
        for (const entry of entries) entry.resolve();
      } catch (error) {
        for (const entry of entries) entry.reject(error);
      }
      if (this.restMs > 0) await delay(this.restMs);
    }
    this.#run = null;
  }

  #next(): Entry<T>[] {
    let items = 0;
    let count = 0;
    do items += this.#waiting[count++]?.items.length ?? 0;
    while (count < this.#waiting.length && items < this.maxItems);
    return this.#waiting.splice(0, count);
  }
}
