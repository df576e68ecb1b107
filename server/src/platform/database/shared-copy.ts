import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../clock/clock.ts';

/** A lost announcement makes a copy wrong for this long, not for ever. */
const OLDEST_MS = 30_000;

/**
 * A small value that is read often: kept in memory, and read anew when any process says that it changed.
 * Whoever changes it calls `changed()` afterwards.
 */
export class SharedCopy<T> {
  private kept: { value: Promise<T>; readAt: number } | null = null;

  constructor(
    private readonly topic: string,
    private readonly load: () => Promise<T>,
    private readonly bus: Bus,
    private readonly clock: Clock,
  ) {}

  /** Call once, before the first read. */
  async follow(): Promise<void> {
    await this.bus.listen(this.topic, () => this.forget());
  }

  read(): Promise<T> {
    const now = this.clock.now().getTime();
    if (this.kept !== null && now - this.kept.readAt < OLDEST_MS) return this.kept.value;
    const kept = { value: this.load(), readAt: now };
    this.kept = kept;
    kept.value.catch(() => {
      // Whoever reads gets the failure; the next one tries again.
      if (this.kept === kept) this.kept = null;
    });
    return kept.value;
  }

  /** Who knows in another way that it changed: here the next one reads anew. */
  forget(): void {
    this.kept = null;
  }

  async changed(): Promise<void> {
    this.forget();
    await this.bus.broadcast(this.topic, {});
  }
}
