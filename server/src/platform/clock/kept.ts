import type { Clock } from './clock.ts';

/** What is read now and then: between the readings it is as old as it may be, and no older. */
export class Kept<T> {
  private last: { readonly at: number; readonly value: Promise<T> } | null = null;

  constructor(
    private readonly oldestMs: number,
    private readonly clock: Clock,
    private readonly load: () => Promise<T>,
  ) {}

  read(): Promise<T> {
    const at = this.clock.now().getTime();
    if (this.last !== null && at - this.last.at < this.oldestMs) return this.last.value;
    const reading = { at, value: this.load() };
    this.last = reading;
    reading.value.catch(() => {
      // Whoever reads gets the failure; the next one tries again.
      if (this.last === reading) this.last = null;
    });
    return reading.value;
  }

  forget(): void {
    this.last = null;
  }
}
